import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { ApiError, invalid, payloadTooLarge } from './errors.ts';
import type { ImportFiles, UploadedFile } from './import-files.ts';

const limits = { fields: 10, fieldNameSize: 200, fieldSize: 10_000, files: 20, parts: 30, headerPairs: 50 };
const overheadBytesMax = 1_048_576;

export interface Upload {
  /** Fields by name, and under the name of each file's part the file's own name: what the contract's schema describes. */
  body: Record<string, string>;
  files: UploadedFile[];
}

/**
 * Streams a multipart body's files to the disk, hashed on the way. Either all are kept or, where anything is wrong, none.
 *
 * The caller must remove the files of an upload that it does not use.
 */
export async function readUpload(request: IncomingMessage, importFiles: ImportFiles, bytesMax: number): Promise<Upload> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax + overheadBytesMax) throw payloadTooLarge(bytesMax);
  const parser = newParser(request, bytesMax);
  const body: Record<string, string> = Object.create(null);
  const keeping: Promise<UploadedFile>[] = [];
  const problems: ApiError[] = [];
  let bytes = 0;

  const take = (name: string, value: string) => {
    if (name in body) problems.push(invalid({ field: name, message: 'Comes more than once' }));
    body[name] = value;
  };
  const fail = (error: ApiError) => {
    problems.push(error);
    request.unpipe(parser);
    request.resume();
    parser.destroy();
  };

  const parsed = new Promise<void>((resolve) => {
    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      take(name, value);
      if (nameTruncated || valueTruncated) problems.push(invalid({ field: name, message: 'Is too long' }));
    });
    parser.on('file', (part, stream, name) => {
      take(part, name ?? '');
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > bytesMax) stream.destroy(payloadTooLarge(bytesMax));
      });
      stream.on('limit', () => stream.destroy(payloadTooLarge(bytesMax)));
      keeping.push(importFiles.keep(stream).then((kept) => ({ ...kept, part, name: baseNameOf(name) })));
      keeping.at(-1)?.catch((error) => fail(error instanceof ApiError ? error : brokenOff()));
    });
    parser.on('partsLimit', () => problems.push(invalid({ field: 'body', message: `Has more than ${limits.parts} parts` })));
    parser.on('filesLimit', () => problems.push(invalid({ field: 'body', message: `Has more than ${limits.files} files` })));
    parser.on('fieldsLimit', () => problems.push(invalid({ field: 'body', message: `Has more than ${limits.fields} fields` })));
    parser.on('error', (error: Error) => {
      fail(invalid({ field: 'body', message: `Is not multipart/form-data: ${error.message}` }));
      resolve();
    });
    parser.on('finish', resolve);
    parser.on('close', resolve);
    request.on('aborted', () => {
      fail(brokenOff());
      resolve();
    });
    request.pipe(parser);
  });

  await parsed;
  const settled = await Promise.allSettled(keeping);
  const files = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = settled.find((result) => result.status === 'rejected')?.reason;
  for (const file of files) if (file.bytes === 0) problems.push(invalid({ field: file.part, message: 'The file is empty' }));
  if (problems.length === 0 && !failure) return { body, files };
  await Promise.all(files.map((file) => importFiles.remove(file.id)));
  throw problems[0] ?? failure;
}

const brokenOff = () => invalid({ field: 'body', message: 'Broke off before its end' });

function newParser(request: IncomingMessage, bytesMax: number): BusboyInstance {
  try {
    const headers = { ...request.headers, 'content-type': request.headers['content-type'] as string };
    return new Busboy({
      headers,
      limits: { ...limits, fileSize: bytesMax },
      isPartAFile: (_name, _type, fileName) => fileName !== undefined,
    });
  } catch (error) {
    throw invalid({ field: 'body', message: `Is not multipart/form-data: ${(error as Error).message}` });
  }
}

/** A name for people only: files are kept under names of ours. */
const baseNameOf = (name: string | undefined): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
  ((name ?? '').split(/[\\/]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f]/g, '').slice(0, 255) || 'file';

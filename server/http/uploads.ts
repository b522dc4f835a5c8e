import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { FieldError } from '../../generated/types.gen.ts';
import type { ImportFiles, UploadedFile } from '../applications/import-files.ts';
import { invalid, payloadTooLarge } from '../common/errors.ts';

const limits = { fields: 10, fieldSize: 10_000, files: 20, parts: 30, headerPairs: 50 };
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
  const parser = newParser(request);
  const body: Record<string, string> = Object.create(null);
  const names = new Set<string>();
  const streams: Readable[] = [];
  const keeping: Promise<UploadedFile>[] = [];
  const faults = new Map<string, FieldError>();
  let failure: unknown;
  let bytes = 0;
  let taken = 0;

  const complain = (field: string, message: string) => {
    if (!faults.has(field)) faults.set(field, { field: field.slice(0, 1000), message });
  };
  const take = (name: string | undefined, value: string) => {
    taken++;
    if (!name) return complain('body', 'Has a part without a name');
    if (names.has(name.toLowerCase())) complain(name, 'Comes more than once');
    names.add(name.toLowerCase());
    body[name] = value;
  };
  const count = (chunkBytes: number) => {
    bytes += chunkBytes;
    if (bytes > bytesMax) throw payloadTooLarge(bytesMax);
  };

  await new Promise<void>((resolve) => {
    const fail = (error: unknown) => {
      failure ??= error;
      request.unpipe(parser);
      request.resume();
      // With an error: a stream that is merely destroyed and then ended would be waited for without end.
      for (const stream of streams) stream.destroy(error as Error);
      resolve();
    };
    parser.on('field', (name: string | undefined, value, _nameTruncated, valueTruncated) => {
      take(name, value);
      if (valueTruncated) complain(name ?? 'body', 'Is too long');
    });
    parser.on('file', (part: string | undefined, stream, name) => {
      take(part, name ?? '');
      // A body that breaks off is an error of the file, too, and may be one before anybody keeps it.
      stream.on('error', () => {});
      if (failure) return;
      streams.push(stream);
      // Counted where it is written: a listener of ours would have the file flow before anybody keeps it.
      const kept = importFiles.keep(stream, count).then((file) => ({ ...file, part: part ?? '', name: baseNameOf(name) }));
      kept.catch(fail);
      keeping.push(kept);
    });
    parser.on('partsLimit', () => complain('body', `Has more than ${limits.parts} parts`));
    parser.on('filesLimit', () => complain('body', `Has more than ${limits.files} files`));
    parser.on('fieldsLimit', () => complain('body', `Has more than ${limits.fields} fields`));
    parser.on('error', (error: Error) => fail(notMultipart(error)));
    parser.on('finish', resolve);
    request.on('aborted', () => fail(brokenOff()));
    if (request.destroyed) fail(brokenOff());
    else request.pipe(parser);
  });

  const settled = await Promise.allSettled(keeping);
  const files = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const file of files) if (file.bytes === 0) complain(file.part, 'The file is empty');
  if (taken !== partsOf(parser)) complain('body', 'Has a part that is neither a form field nor a file');
  if (!failure && faults.size === 0) return { body, files };
  await Promise.all(files.map((file) => importFiles.remove(file.id)));
  throw failure ?? invalid(...faults.values());
}

const brokenOff = () => invalid({ field: 'body', message: 'Broke off before its end' });
const notMultipart = (error: unknown) => invalid({ field: 'body', message: `Is not multipart/form-data: ${(error as Error).message}` });

function newParser(request: IncomingMessage): BusboyInstance {
  const type = request.headers['content-type'];
  if (type === undefined) throw invalid({ field: 'body', message: 'Is required' });
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      limits,
      isPartAFile: (_name, _type, fileName) => fileName !== undefined,
    });
  } catch (error) {
    throw notMultipart(error);
  }
}

/** How many parts there were: the parser leaves out without a word those whose headers it can't read. */
const partsOf = (parser: BusboyInstance) => (parser as unknown as { _parser: { _nparts: number } })._parser._nparts;

/** A name for people only: files are kept under names of ours. */
const baseNameOf = (name: string | undefined): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
  [...((name ?? '').split(/[\\/]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f]/g, '')].slice(0, 255).join('') || 'file';

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { FieldError } from '../../generated/types.gen.ts';
import { invalid, payloadTooLarge } from '../common/errors.ts';
import { withoutUnprintable } from '../common/unprintable.ts';
import type { ImportFiles, UploadedFile } from '../handler.ts';

const limits = { fields: 10, fieldSize: 10_000, files: 20, parts: 30, headerPairs: 50 };
const overheadBytesMax = 1_048_576;

export interface Upload {
  /** Form fields by name, and the file's name under the name of each file part, as the contract's schema describes them. */
  body: Record<string, string>;
  files: UploadedFile[];
}

/**
 * Streams the files of a multipart body to the disk and hashes them on the way. If anything is wrong, no file is kept.
 *
 * The caller must remove the files of an upload that it does not use. Throws 400 and 413.
 */
export async function readUpload(request: IncomingMessage, importFiles: ImportFiles, bytesMax: number): Promise<Upload> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax + overheadBytesMax) throw payloadTooLarge(bytesMax);
  const parser = newParser(request);
  const body: Record<string, string> = Object.create(null);
  const names = new Set<string>();
  const streams: Readable[] = [];
  const storing: Promise<UploadedFile>[] = [];
  const faults = new Map<string, FieldError>();
  let failure: unknown;
  let bytes = 0;
  let partsSeen = 0;

  const addFault = (field: string, message: string) => {
    if (!faults.has(field)) faults.set(field, { field: field.slice(0, 1000), message });
  };
  const addPart = (name: string | undefined, value: string) => {
    partsSeen++;
    if (!name) return addFault('body', 'Has a part without a name');
    if (names.has(name.toLowerCase())) addFault(name, 'Must be sent only once');
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
      // A stream that is destroyed without an error never ends for its reader.
      for (const stream of streams) stream.destroy(error as Error);
      resolve();
    };
    parser.on('field', (name: string | undefined, value, _nameTruncated, valueTruncated) => {
      addPart(name, value);
      if (valueTruncated) addFault(name ?? 'body', 'Is too long');
    });
    parser.on('file', (part: string | undefined, stream, name) => {
      addPart(part, name ?? '');
      // The parser reports a broken body on the file stream, perhaps before `store` listens to it.
      stream.on('error', () => {});
      if (failure) return;
      streams.push(stream);
      // `store` counts the bytes. A `data` listener here would start the stream before `store` reads it.
      const kept = importFiles.store(stream, count).then((file) => ({ ...file, part: part ?? '', name: baseNameOf(name) }));
      kept.catch(fail);
      storing.push(kept);
    });
    parser.on('partsLimit', () => addFault('body', `Has more than ${limits.parts} parts`));
    parser.on('filesLimit', () => addFault('body', `Has more than ${limits.files} files`));
    parser.on('fieldsLimit', () => addFault('body', `Has more than ${limits.fields} fields`));
    parser.on('error', (error: Error) => fail(notMultipart(error)));
    parser.on('finish', resolve);
    request.on('aborted', () => fail(brokenOff()));
    if (request.destroyed) fail(brokenOff());
    else request.pipe(parser);
  });

  const settled = await Promise.allSettled(storing);
  const files = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const file of files) if (file.bytes === 0) addFault(file.part, 'The file is empty');
  if (partsSeen !== partsOf(parser)) addFault('body', 'Has a part that is neither a form field nor a file');
  if (!failure && faults.size === 0) return { body, files };
  await Promise.all(files.map((file) => importFiles.remove(file.id)));
  throw failure ?? invalid(...faults.values());
}

const brokenOff = () => invalid({ field: 'body', message: 'Is incomplete; send the request again' });
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

/** Returns the number of parts in the body. The parser skips parts with unreadable headers silently, so this may be more than the number of parsed parts. */
const partsOf = (parser: BusboyInstance) => (parser as unknown as { _parser: { _nparts: number } })._parser._nparts;

/** Returns a file name for display: no folders, no unprintable characters. Stored files have names that the server chooses. */
const baseNameOf = (name: string | undefined): string =>
  [...withoutUnprintable((name ?? '').split(/[\\/]/).at(-1) ?? '')].slice(0, 255).join('') || 'file';

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FieldError } from '../../generated/types.gen.ts';
import { invalid, payloadTooLarge, unavailable } from '../common/errors.ts';
import { withoutUnprintable } from '../common/unprintable.ts';
import type { ImportFiles, UploadedFile } from '../handler.ts';
import { bodyIncomplete, bodyTooSlow, whenOverdue } from './body-arrival.ts';
import { pausedMsOf, watchMinimumRate } from './minimum-rate.ts';
import { boundaryOf, createPartCounter, multipartLimits, newMultipartParser, notMultipart, partsOf } from './multipart-parser.ts';

const overheadBytesMax = 1_048_576;

export interface Upload {
  /** Form fields by name, and the file's name under the name of each file part, as the contract's schema describes them. */
  body: Record<string, string>;
  files: UploadedFile[];
}

/** The limits under which an upload is read. */
interface UploadTerms {
  /** Bytes of all files together. */
  bytesMax: number;
  /** Time without bytes, and the period in which the minimum rate counts. */
  idleMs: number;
  bytesPerSecondMin: number;
  totalMs: number;
  /** Returns why the disk is too full to store more; undefined if it is not. */
  diskShortage: () => string | undefined;
  /** Asks a client that waits for permission (`Expect: 100-continue`) to send the body. */
  admit: () => void;
}

/**
 * Streams the files of a multipart body to the disk and hashes them on the way. If anything is wrong, no file is kept.
 *
 * Stops at the first breach of a limit and leaves the rest of the body unread. Other faults are collected, so that one response names them all.
 * The caller must remove the files of an upload that it does not use. Throws 400, 408, 413 and 503.
 */
export async function readUpload(request: IncomingMessage, importFiles: ImportFiles, terms: UploadTerms): Promise<Upload> {
  const { bytesMax } = terms;
  if (Number(request.headers['content-length'] ?? 0) > bytesMax + overheadBytesMax) throw payloadTooLarge(bytesMax);
  const boundary = boundaryOf(request);
  const parser = newMultipartParser(boundary);
  const hasTooManyParts = createPartCounter(boundary, multipartLimits.parts);
  const body: Record<string, string> = Object.create(null);
  const names = new Set<string>();
  const streams: (Readable & { bytesRead: number })[] = [];
  const storing: Promise<UploadedFile>[] = [];
  const faults = new Map<string, FieldError>();
  const startedAt = performance.now();
  let lastBytesAt = startedAt;
  const waitedMs = pausedMsOf(request);
  let failure: unknown;
  let [bytes, fileBytes] = [0, 0];
  let partsSeen = 0;

  const addFault = (field: string, message: string) => {
    if (!faults.has(field)) faults.set(field, { field: field.slice(0, 1000), message });
  };
  const addPart = (name: string | undefined, value: string) => {
    partsSeen++;
    if (!name) return addFault('body', 'Has a part without a name');
    if (hasReplacement(name)) addFault('body', 'Is not UTF-8');
    if (names.has(name.toLowerCase())) addFault(name, 'Must be sent only once');
    names.add(name.toLowerCase());
    body[name] = value;
  };
  const count = (chunkBytes: number) => {
    fileBytes += chunkBytes;
    if (fileBytes > bytesMax) throw payloadTooLarge(bytesMax);
    const shortage = terms.diskShortage();
    if (shortage) throw unavailable(shortage);
  };
  const overheadBytes = () => streams.reduce((left, stream) => left - stream.bytesRead, bytes);
  const msLeft = () => {
    const now = performance.now();
    // A paused request waits for the disk, not for the client.
    const idleLeft = request.isPaused() ? terms.idleMs : lastBytesAt + terms.idleMs - now;
    return Math.min(idleLeft, startedAt + terms.totalMs - now);
  };

  await new Promise<void>((resolve) => {
    const endDeadline = whenOverdue(msLeft, () => fail(bodyTooSlow()));
    const { idleMs: periodMs, bytesPerSecondMin } = terms;
    const endRate = watchMinimumRate({ bytes: () => bytes, waitedMs, periodMs, bytesPerSecondMin }, () => fail(bodyTooSlow()));
    const endWatch = () => {
      endDeadline();
      endRate();
    };
    const stop = () => {
      endWatch();
      request.off('data', take).off('end', end).off('close', breakOff).off('error', breakOff);
      resolve();
    };
    const fail = (error: unknown) => {
      if (failure === undefined) request.pause();
      failure ??= error;
      stop();
      // A stream that is destroyed without an error never ends for its reader.
      for (const stream of streams) stream.destroy(error as Error);
    };
    /** Refuses the body at once, with the faults found before. */
    const breach = (field: string, message: string) => {
      addFault(field, message);
      fail(invalid([...faults.values()]));
    };
    const breakOff = () => fail(bodyIncomplete());
    const end = () => {
      endWatch();
      request.off('close', breakOff);
      parser.end();
    };
    const take = (chunk: Buffer) => {
      lastBytesAt = performance.now();
      if (hasTooManyParts(chunk)) return breach('body', `Has more than ${multipartLimits.parts} parts`);
      if (overheadBytes() > overheadBytesMax) return breach('body', `Has more than ${overheadBytesMax} bytes outside of its files`);
      bytes += chunk.length;
      if (parser.write(chunk) || failure) return;
      request.pause();
      parser.once('drain', () => {
        if (failure === undefined) request.resume();
      });
    };

    parser.on('field', (name: string | undefined, value, _nameTruncated, valueTruncated) => {
      addPart(name, value);
      if (hasReplacement(value)) addFault('body', 'Is not UTF-8');
      if (valueTruncated) breach(name ?? 'body', 'Is too long');
    });
    parser.on('file', (part: string | undefined, stream, name) => {
      addPart(part, name ?? '');
      if (hasReplacement(name ?? '')) addFault('body', 'Is not UTF-8');
      // The parser reports a broken body on the file stream, perhaps before `store` listens to it.
      stream.on('error', () => {});
      if (failure) return;
      streams.push(stream);
      // `store` counts the bytes. A `data` listener here would start the stream before `store` reads it.
      const kept = importFiles.store(stream, count).then((file) => ({ ...file, part: part ?? '', name: baseNameOf(name) }));
      kept.catch(fail);
      storing.push(kept);
    });
    parser.on('partsLimit', () => breach('body', `Has more than ${multipartLimits.parts} parts`));
    parser.on('filesLimit', () => breach('body', `Has more than ${multipartLimits.files} files`));
    parser.on('fieldsLimit', () => breach('body', `Has more than ${multipartLimits.fields} fields`));
    parser.on('error', (error: Error) => fail(notMultipart(error.message)));
    parser.on('finish', stop);
    if (request.destroyed) return breakOff();
    terms.admit();
    request.on('data', take).once('end', end).once('close', breakOff).once('error', breakOff);
  });

  const settled = await Promise.allSettled(storing);
  const files = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const file of files) if (file.bytes === 0) addFault(file.part, 'The file is empty');
  if (partsSeen !== partsOf(parser)) addFault('body', 'Has a part that is neither a form field nor a file');
  if (!failure && faults.size === 0) return { body, files };
  await Promise.all(files.map((file) => importFiles.remove(file.id)));
  throw failure ?? invalid([...faults.values()]);
}

/** Returns whether a text has the character that the parser puts in the place of bytes that are not UTF-8. No valid name or value has it. */
const hasReplacement = (text: string) => text.includes('\ufffd');

/** Returns a file name for display: no folders, no unprintable characters. Stored files have names that the server chooses. */
const baseNameOf = (name: string | undefined): string =>
  [...withoutUnprintable((name ?? '').split(/[\\/]/).at(-1) ?? '')].slice(0, 255).join('') || 'file';

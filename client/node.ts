import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

/** A file for an upload, read while it is sent and not before. */
export async function fileFromPath(path: string, name: string = basename(path)): Promise<File> {
  return new File([await openAsBlob(path)], name);
}

/** What a stream holds as a file for an upload; it is read into memory, so that the upload can be tried again. */
export async function fileFromStream(stream: Readable | ReadableStream, name: string): Promise<File> {
  return new File([await new Response(stream as ReadableStream).blob()], name);
}

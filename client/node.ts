import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

/** Returns a file for an upload. The file is read only while it is sent. */
export async function fileFromPath(path: string, name: string = basename(path)): Promise<File> {
  return new File([await openAsBlob(path)], name);
}

/** Returns a file for an upload with the content of a stream. The content is read into memory, so that the upload can be retried. */
export async function fileFromStream(stream: Readable | ReadableStream, name: string): Promise<File> {
  return new File([await new Response(stream as ReadableStream).blob()], name);
}

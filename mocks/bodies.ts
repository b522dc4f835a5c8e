import type { IncomingMessage } from 'node:http';
import { hideInBody } from './hide-secrets.ts';
import type { JournalEntry } from './journal.ts';
import { invalid, Refusal } from './responses.ts';

const journalBytesMax = 65_536;

const tooLarge = (bytesMax: number) => new Refusal(413, 'payload_too_large', `The body is larger than ${bytesMax} bytes`);
const unsupported = (message: string) => new Refusal(415, 'unsupported_media_type', message);

export const mediaTypeOf = ({ headers }: IncomingMessage) => (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** Throws 415, as the server does, for a media type that the operation does not accept. A request without a body passes. */
export function checkMediaType(request: IncomingMessage, expected: string): void {
  const { headers } = request;
  const received = mediaTypeOf(request);
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody && received === '') return;
  if (received !== expected) throw unsupported(`The body must be ${expected}, but Content-Type is ${received || 'missing'}`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported(`The body must not be compressed, but Content-Encoding is ${encoding}`);
  if (expected === 'multipart/form-data' && !/boundary=("[^"]+"|[^\s;"]+)/i.test(headers['content-type'] ?? ''))
    throw invalid({ field: 'body', message: 'Has no boundary: the Content-Type of multipart/form-data must name one' });
}

/**
 * Reads a body and stores its first 64 KiB in the journal.
 *
 * With `bytesMax`, it returns the text and throws 413 for more bytes. Without, it returns `''`, and the body may have any size, because it is
 * discarded. It rejects if the client aborts the request.
 */
export async function readBody(request: IncomingMessage, entry: JournalEntry, bytesMax: number | undefined): Promise<string> {
  if (bytesMax !== undefined && Number(request.headers['content-length'] ?? 0) > bytesMax) {
    request.resume();
    throw tooLarge(bytesMax);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const storedBytesMax = bytesMax ?? journalBytesMax;
  const storeBody = () => {
    // Secrets are hidden before the cut, because half a JSON text is harder to read.
    entry.body = Buffer.from(hideInBody(Buffer.concat(chunks).toString('utf8')))
      .subarray(0, journalBytesMax)
      .toString('utf8');
  };
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      if (bytes < storedBytesMax) chunks.push(chunk);
      bytes += chunk.length;
      // The listener stays and discards the rest of the body, so that the client receives the response.
      if (bytesMax !== undefined && bytes > bytesMax) reject(tooLarge(bytesMax));
    });
    request.once('end', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new Error('The connection ended before the request was complete')));
  }).finally(storeBody);
  return bytesMax === undefined ? '' : Buffer.concat(chunks).toString('utf8');
}

/** Parses the text of a body; returns undefined for an empty one. Throws 400 for malformed JSON, because Prism never responds to it. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid({ field: 'body', message: `Is not JSON: ${(error as Error).message}`.slice(0, 500) });
  }
}

import type { IncomingMessage } from 'node:http';
import { invalid, Refusal } from './answers.ts';
import type { JournalEntry } from './journal.ts';

const jsonBytesMax = 1_048_576;
const journalBytesMax = 65_536;

const tooLarge = () => new Refusal(413, 'payload_too_large', `The body is larger than ${jsonBytesMax} bytes`);
const unsupported = (message: string) => new Refusal(415, 'unsupported_media_type', message);

export const mediaTypeOf = ({ headers }: IncomingMessage) => (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** Throws 415, as the server does, for a media type that the operation does not accept. A request without a body passes. */
export function checkMediaType(request: IncomingMessage, expected: string): void {
  const { headers } = request;
  const given = mediaTypeOf(request);
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody && given === '') return;
  if (given !== expected) throw unsupported(`The body must be ${expected}, but Content-Type is ${given || 'missing'}`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported(`The body must not be compressed, but Content-Encoding is ${encoding}`);
  if (expected === 'multipart/form-data' && !/boundary=("[^"]+"|[^\s;"]+)/i.test(headers['content-type'] ?? ''))
    throw invalid({ field: 'body', message: 'Has no boundary: the Content-Type of multipart/form-data must name one' });
}

/**
 * Reads a body and stores its beginning in the journal. It returns the text only if it is `wanted`, and then at most 1 MiB. Other bodies may have any
 * size, because they are discarded. It rejects if the client aborts the request.
 */
export async function readBody(request: IncomingMessage, entry: JournalEntry, wanted: boolean): Promise<string> {
  if (wanted && Number(request.headers['content-length'] ?? 0) > jsonBytesMax) {
    request.resume();
    throw tooLarge();
  }
  const kept: Buffer[] = [];
  let [bytes, keptBytes] = [0, 0];
  const keptBytesMax = wanted ? jsonBytesMax : journalBytesMax;
  const note = () => {
    entry.body = Buffer.concat(kept).subarray(0, journalBytesMax).toString('utf8');
  };
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (keptBytes < keptBytesMax) kept.push(chunk);
      keptBytes += chunk.length;
      // The listener stays and discards the rest of the body, so that the client receives the response.
      if (wanted && bytes > jsonBytesMax) reject(tooLarge());
    });
    request.once('end', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new Error('The connection ended before the request was complete')));
  }).finally(note);
  return wanted ? Buffer.concat(kept).toString('utf8') : '';
}

export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid({ field: 'body', message: `Is not JSON: ${(error as Error).message}`.slice(0, 500) });
  }
}

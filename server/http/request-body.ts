import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { invalid, unsupportedMediaType } from '../common/errors.ts';
import { faultOfJson } from '../common/json-limits.ts';

/** Maximum bytes of a JSON body, unless the operation's `x-body-bytes-max` is smaller. */
export const jsonBytesMax = 1_048_576;
const byteOrderMark = Buffer.from('\ufeff');

/** Returns the media type of `Content-Type`, in lower case and without parameters. */
const mediaTypeOf = (request: IncomingMessage): string => (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const hasBody = ({ headers }: IncomingMessage) => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Throws 415 for a body that the operation does not accept. A request without a body passes: validation reports a missing body. */
export function checkMediaType(request: IncomingMessage, expected: string): void {
  const given = mediaTypeOf(request);
  if (!hasBody(request) && given === '') return;
  if (given !== expected) throw unsupportedMediaType(`The body must be ${expected}, but Content-Type is ${given || 'missing'}`);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupportedMediaType(`The body must not be compressed, but Content-Encoding is ${encoding}`);
}

/** Returns the parsed JSON body, or undefined if there is none. Throws 400. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  // Decoding would silently replace wrong bytes, and the replacements would be stored.
  if (!isUtf8(bytes)) throw invalid({ field: 'body', message: 'Is not UTF-8' });
  const hasMark = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  const json = hasMark ? bytes.subarray(byteOrderMark.length) : bytes;
  const fault = faultOfJson(json);
  if (fault !== undefined) throw invalid({ field: 'body', message: fault });
  try {
    return JSON.parse(json.toString());
  } catch (error) {
    throw invalid({ field: 'body', message: `Is not JSON: ${(error as Error).message}`.slice(0, 500) });
  }
}

import type { IncomingMessage } from 'node:http';
import { invalid, unsupportedMediaType } from '../common/errors.ts';

export const jsonBytesMax = 1_048_576;

/** Returns the media type of `Content-Type`, in lower case and without parameters. */
const mediaTypeOf = (request: IncomingMessage): string => (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/i;

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
  const text = bytes.toString();
  if (text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid({ field: 'body', message: `Is not JSON: ${(error as Error).message}`.slice(0, 500) });
  }
  // JSON.stringify writes only lone surrogates as escapes. Databases would store another character in their place.
  if (loneSurrogate.test(text) && loneSurrogate.test(toJsonText(value)))
    throw invalid({ field: 'body', message: 'Contains a lone surrogate, such as \\ud83d; surrogates must come in pairs' });
  return value;
}

function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw invalid({ field: 'body', message: 'Is nested too deeply' });
  }
}

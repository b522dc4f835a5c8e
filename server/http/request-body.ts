import type { IncomingMessage } from 'node:http';
import readRaw from 'raw-body';
import { invalid, payloadTooLarge, unsupportedMediaType } from '../common/errors.ts';

export const jsonBytesMax = 1_048_576;

/** The media type a request says its body has, without parameters. */
export const mediaTypeOf = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const halfPair = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/i;

const hasBody = ({ headers }: IncomingMessage) => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Refuses what the operation does not read; a request without any body passes, for validation to say that one is missing. */
export function checkMediaType(request: IncomingMessage, expected: string): void {
  const given = mediaTypeOf(request);
  if (!hasBody(request) && given === '') return;
  if (given !== expected) throw unsupportedMediaType(`The body must be ${expected}; the request says ${given || 'nothing'}`);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupportedMediaType(`The body must not be compressed; the request says ${encoding}`);
}

/** The body as JSON, undefined where there is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  let text: string;
  try {
    text = await readRaw(request, { limit: jsonBytesMax, length: request.headers['content-length'], encoding: 'utf8' });
  } catch (error) {
    const { type } = error as { type?: string };
    if (type === 'entity.too.large') throw payloadTooLarge(jsonBytesMax);
    throw invalid({ field: 'body', message: 'Broke off before its end' });
  }
  if (text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid({ field: 'body', message: `Is not JSON: ${(error as Error).message}`.slice(0, 500) });
  }
  // Written as JSON again, only half a surrogate pair is still an escape; a database would keep something else in its place.
  if (halfPair.test(text) && halfPair.test(written(value)))
    throw invalid({ field: 'body', message: 'Holds half of a surrogate pair, which is no character' });
  return value;
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw invalid({ field: 'body', message: 'Is nested too deeply' });
  }
}

import { Readable } from 'node:stream';
import type { AnyReply } from '../handler.ts';

export type Headers = Record<string, string>;

/** A reply in the form in which it is sent. Its JSON is serialized once, for the response and for the API log. */
export interface WrittenReply {
  status: number;
  headers: Headers;
  body: string | Buffer | Readable | null;
  isJson: boolean;
}

const exposedHeaders =
  'X-Correlation-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, Content-Disposition, Idempotency-Replayed, ETag';

export const preflightReply: AnyReply = {
  status: 204,
  body: undefined,
  headers: {
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, x-access-token, x-key, x-hash, Content-Type, Idempotency-Key, Gatehouse-Environment',
    'Access-Control-Max-Age': '86400',
  },
};

/** Returns the headers that every response has. A stopping server asks clients to open a new connection. */
export const commonHeaders = (correlationId: string, isStopping: boolean): Headers => ({
  'X-Correlation-Id': correlationId,
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposedHeaders,
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  ...(isStopping && { Connection: 'close' }),
});

export function writeReply({ status, body, headers = {} }: AnyReply): WrittenReply {
  if (body === undefined || status === 204 || status === 304) return { status, headers, body: null, isJson: false };
  if (typeof body === 'string' || Buffer.isBuffer(body) || body instanceof Readable) return { status, headers, body, isJson: false };
  const json = { 'Content-Type': 'application/json; charset=utf-8' };
  return { status, headers: { ...json, ...headers }, body: JSON.stringify(body), isJson: true };
}

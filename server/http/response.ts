import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type Koa from 'koa';
import type { AnyReply } from '../handler.ts';
import type { HttpLimits } from './limits.ts';

export type Headers = Record<string, string>;
type SendLimits = Pick<HttpLimits, 'unreadBytesMax' | 'unreadMs' | 'responseMs' | 'bytesPerSecondMin'>;

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

/** Tells whether the client waits for permission before it sends the body, and has not got it. */
export const awaitsContinue = ({ req, state }: Koa.Context): boolean =>
  !req.complete && !state.isBodyAdmitted && /^100-continue$/i.test(req.headers.expect ?? '');

/**
 * Ends a response whose request has not arrived completely.
 *
 * Reads and discards a bounded part of the rest before the connection closes, because a client that still sends may miss a response when its connection
 * is closed. Only then `end` follows, which closes the connection.
 */
function endEarly(
  { req: request, res: response }: Koa.Context,
  body: string | Buffer | null,
  { unreadBytesMax, unreadMs }: SendLimits,
): void {
  if (body !== null) response.write(body);
  else response.flushHeaders();
  let left = unreadBytesMax;
  const end = () => {
    clearTimeout(timer);
    request.off('data', discard).off('end', end).off('close', end);
    response.end();
  };
  const discard = (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  };
  const timer = setTimeout(end, unreadMs);
  request.on('data', discard).once('end', end).once('close', end).resume();
}

/** Closes the connection of a client that receives the response too slowly, because the response stays in memory until then. */
function limitSending(response: ServerResponse, bytes: number, { responseMs, bytesPerSecondMin }: SendLimits): void {
  if (response.writableFinished || !response.socket?.writableLength) return;
  const timer = setTimeout(() => response.socket?.destroy(), responseMs + (bytes / bytesPerSecondMin) * 1000);
  response.once('close', () => clearTimeout(timer));
}

/** Sends a reply. Koa sends streams; everything else goes to Node directly, which takes half the time of setting each header through Koa. */
export function sendReply(ctx: Koa.Context, { status, headers, body }: WrittenReply, moreHeaders: Headers, limits: SendLimits): void {
  const { req, res } = ctx;
  const all = { ...moreHeaders, ...headers };
  // The rest of the request would have to be read before the next one.
  if (!req.complete) all.Connection = 'close';
  if (body instanceof Readable) {
    ctx.status = status;
    ctx.set(all);
    ctx.body = body;
    return;
  }
  ctx.respond = false;
  if (!ctx.writable) return;
  const bytes = body === null ? 0 : Buffer.byteLength(body);
  if (body !== null) all['Content-Length'] = String(bytes);
  const sent = ctx.method === 'HEAD' ? null : body;
  const sendsBody = !req.complete && !awaitsContinue(ctx);
  res.writeHead(status, all);
  if (sendsBody) endEarly(ctx, sent, limits);
  else res.end(sent);
  limitSending(res, bytes, limits);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type Koa from 'koa';
import { isKnownCaller } from './connections.ts';
import type { HttpLimits } from './limits.ts';
import { watchMinimumRate } from './minimum-rate.ts';
import type { Headers, WrittenReply } from './response.ts';

type SendLimits = Pick<HttpLimits, 'unreadBytesMax' | 'unreadMs' | 'unreadBodiesMax' | 'responseMs' | 'bytesPerSecondMin'>;

/** Tells whether the client waits for permission before it sends the body, and has not got it. */
export const awaitsContinue = ({ req, state }: Koa.Context): boolean =>
  !req.complete && !state.isBodyAdmitted && /^100-continue$/i.test(req.headers.expect ?? '');

/** Closes the connection of a client that receives the response too slowly, because the response stays in memory until then. */
function limitSending(response: ServerResponse, bytes: number, { responseMs, bytesPerSecondMin }: SendLimits): void {
  if (response.writableFinished || !response.socket?.writableLength) return;
  const timer = setTimeout(() => response.socket?.destroy(), responseMs + (bytes / bytesPerSecondMin) * 1000);
  response.once('close', () => clearTimeout(timer));
}

/** Closes the connection of a client that receives a stream too slowly, because each stream holds a place and a descriptor. */
function limitStream(response: ServerResponse, { responseMs: periodMs, bytesPerSecondMin }: SendLimits): void {
  const { socket } = response;
  if (!socket || socket.destroyed) return;
  const bytes = () => socket.bytesWritten - socket.writableLength;
  const endWatch = watchMinimumRate({ bytes, periodMs, bytesPerSecondMin }, () => socket.destroy());
  response.once('close', endWatch);
}

/**
 * Creates the function that ends a response whose request has not arrived completely.
 *
 * It reads and discards a bounded part of the rest before the connection closes, because a client that still sends may miss a response when its
 * connection is closed. A request beyond the limit ends the oldest one of an unknown caller, or else the oldest one, so that slow clients do not
 * make others miss their responses.
 */
function createEndEarly({ unreadBytesMax, unreadMs, unreadBodiesMax }: SendLimits) {
  /** The functions that end the responses, from the oldest one on. */
  const endings = new Map<IncomingMessage, () => void>();

  function makeRoom(): void {
    if (endings.size < unreadBodiesMax) return;
    const oldestFirst = [...endings];
    const [, end] = oldestFirst.find(([request]) => !isKnownCaller(request.socket)) ?? oldestFirst[0] ?? [];
    end?.();
  }

  return ({ req: request, res: response }: Koa.Context, body: string | Buffer | null): void => {
    makeRoom();
    if (body !== null) response.write(body);
    else response.flushHeaders();
    let left = unreadBytesMax;
    const end = () => {
      clearTimeout(timer);
      endings.delete(request);
      request.off('data', discard).off('end', end).off('close', end);
      response.end();
    };
    const discard = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) end();
    };
    const timer = setTimeout(end, unreadMs);
    endings.set(request, end);
    request.on('data', discard).once('end', end).once('close', end).resume();
  };
}

/** Creates the function that sends replies. */
export function createSendReply(limits: SendLimits) {
  const endEarly = createEndEarly(limits);

  /** Koa sends streams; everything else goes to Node directly, which takes half the time of setting each header through Koa. */
  return (ctx: Koa.Context, { status, headers, body }: WrittenReply, moreHeaders: Headers): void => {
    const { req, res } = ctx;
    const all = { ...moreHeaders, ...headers };
    // The rest of the request would have to be read before the next one.
    if (!req.complete) all.Connection = 'close';
    if (body instanceof Readable) {
      ctx.status = status;
      ctx.set(all);
      ctx.body = body;
      limitStream(res, limits);
      return;
    }
    ctx.respond = false;
    if (!ctx.writable) return;
    const bytes = body === null ? 0 : Buffer.byteLength(body);
    if (body !== null) all['Content-Length'] = String(bytes);
    const sent = ctx.method === 'HEAD' ? null : body;
    const sendsBody = !req.complete && !awaitsContinue(ctx);
    res.writeHead(status, all);
    if (sendsBody) endEarly(ctx, sent);
    else res.end(sent);
    limitSending(res, bytes, limits);
  };
}

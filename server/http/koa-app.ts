import { Readable } from 'node:stream';
import Koa from 'koa';
import type { ApiLog } from '../calls/api-log.ts';
import { type Known, logRowOf } from '../calls/api-log-row.ts';
import { newCorrelationId } from '../calls/correlation-id.ts';
import { redactText } from '../calls/redact.ts';
import { toApiError, toErrorBody, unavailable } from '../common/errors.ts';
import { type Log, withoutRedaction } from '../common/process-log.ts';
import { isUnavailable } from '../database/database-errors.ts';
import type { AnyReply } from '../handler.ts';
import { type ApiParts, createApi } from './call-pipeline.ts';

const exposedHeaders =
  'X-Correlation-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, Content-Disposition, Idempotency-Replayed';
const preflightHeaders = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, x-access-token, x-key, x-hash, Content-Type, Idempotency-Key, Gatehouse-Environment',
  'Access-Control-Max-Age': '86400',
};

interface Written {
  status: number;
  headers: Record<string, string> | undefined;
  body: string | Readable | null;
  isJson: boolean;
}

/** A reply as it is sent; its JSON is written once, for the log as well. */
function write({ status, body, headers }: AnyReply): Written {
  if (body === undefined || status === 204) return { status, headers, body: null, isJson: false };
  if (typeof body === 'string' || body instanceof Readable) return { status, headers, body, isJson: false };
  return { status, headers, body: JSON.stringify(body), isJson: true };
}

type Headers = Record<string, string>;

/** Koa sends what is streamed. All else is sent at once, which takes half as long as to hand each header to Koa and by it to Node. */
function send(ctx: Koa.Context, { status, headers: own, body, isJson }: Written, headers: Headers): void {
  if (isJson) headers['Content-Type'] = 'application/json; charset=utf-8';
  Object.assign(headers, own);
  if (body instanceof Readable) {
    ctx.status = status;
    ctx.set(headers);
    ctx.body = body;
    return;
  }
  ctx.respond = false;
  if (!ctx.writable) return;
  if (body !== null) headers['Content-Length'] = String(Buffer.byteLength(body));
  ctx.res.writeHead(status, headers).end(ctx.method === 'HEAD' ? undefined : body);
}

const cantLog = (cause: unknown) => unavailable("The call can't be logged, so it is not answered; try again", cause);

/** The HTTP side: correlation ids, the one error answer, cross-origin calls, and both logs: a line of the process's, a row of the callers'. */
export function createApp(parts: ApiParts, apiLog: ApiLog, log: Log, { trustedProxies = 0 } = {}): Koa {
  // Each proxy adds who it was called by at the end of `x-forwarded-for`: what is further to the front, anybody may have written.
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies });
  const api = createApi(parts);
  const calls = withoutRedaction(log);

  app.use(async (ctx) => {
    const begun = performance.now();
    const time = parts.clock();
    const correlationId = newCorrelationId(time);
    const { method, path, querystring: query, ip: address } = ctx;
    const facts: Record<string, unknown> = { correlationId, method, path: redactText(path) };
    const known: Known = {};
    const headers: Headers = {
      'X-Correlation-Id': correlationId,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': exposedHeaders,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      ...(parts.context.isStopping() && { Connection: 'close' }),
    };
    ctx.res.once('close', () => {
      const milliseconds = Math.round(performance.now() - begun);
      const { headersSent, statusCode, writableFinished } = ctx.res;
      const status = headersSent ? statusCode : undefined;
      const aborted = writableFinished ? undefined : true;
      calls.info({ ...facts, status, aborted, milliseconds }, 'call');
    });

    const failed = (thrown: unknown): AnyReply => {
      const error = isUnavailable(thrown) ? unavailable("The database can't be reached; try again", thrown) : toApiError(thrown);
      if (error.status >= 500) log.error({ ...facts, err: error.cause ?? error }, error.message);
      return { status: error.status, body: toErrorBody(error, correlationId), headers: error.headers };
    };
    const answer = (): Promise<AnyReply> =>
      api({
        request: ctx.req,
        method,
        path,
        querystring: query,
        address,
        headers,
        note: ({ operationId, ...more }) => {
          if (operationId) facts.operationId = operationId;
          if (more.caller) facts.tokenId = more.caller.tokenId;
          Object.assign(known, more);
        },
      });
    /** Before an answer leaves, it is in the API log. */
    const keep = async ({ status, body, isJson }: Written): Promise<void> => {
      const responseText = isJson && method !== 'HEAD' ? (body as string) : undefined;
      const durationMs = Math.round(performance.now() - begun);
      await apiLog.keep(logRowOf({ correlationId, time, method, path, query, address, durationMs, status, responseText }, known));
    };

    if (method === 'OPTIONS' && ctx.get('Access-Control-Request-Method')) {
      send(ctx, write({ status: 204, body: undefined, headers: preflightHeaders }), headers);
      return;
    }
    let written = await answer()
      .then(write)
      .catch((thrown) => write(failed(thrown)));
    if (known.operation !== undefined) {
      const stream = written.body instanceof Readable ? written.body : undefined;
      let failure: unknown;
      // It may fail before the answer listens to it.
      stream?.on('error', (error) => {
        failure = error;
      });
      try {
        await keep(written);
      } catch (error) {
        stream?.destroy();
        failure = isUnavailable(error) ? error : cantLog(error);
      }
      if (failure !== undefined) written = write(failed(failure));
    }
    send(ctx, written, headers);
  });
  app.on('error', (error) => log.warn({ err: error }, 'an answer broke off'));
  return app;
}

import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import Koa from 'koa';
import { type ApiParts, createApi } from './api.ts';
import { invalid, toApiError, toErrorBody, unavailable } from './errors.ts';
import type { Log } from './log.ts';
import type { AnyReply } from './operation.ts';
import { isUnavailable } from './store/database.ts';

const exposedHeaders =
  'X-Correlation-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, Content-Disposition, Idempotency-Replayed';
const preflightHeaders = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, Gatehouse-Environment',
  'Access-Control-Max-Age': '86400',
};

const newCorrelationId = () => randomBytes(16).toString('hex');

function send(ctx: Koa.Context, { status, body, headers }: AnyReply): void {
  ctx.status = status;
  if (headers) ctx.set(headers);
  if (body === undefined || status === 204) {
    ctx.body = null;
    return;
  }
  const isText = typeof body === 'string' || body instanceof Readable;
  if (!isText && !ctx.response.get('Content-Type')) ctx.type = 'application/json; charset=utf-8';
  ctx.body = isText ? body : JSON.stringify(body);
}

/** The HTTP side: correlation ids, the one error answer, cross-origin calls and one line in the log for each call. */
export function createApp(parts: ApiParts, log: Log, { trustedProxies = 0 } = {}): Koa {
  // Each proxy adds who it was called by at the end of `x-forwarded-for`: what is further to the front, anybody may have written.
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies });
  const api = createApi(parts);

  app.use(async (ctx) => {
    const begun = performance.now();
    const correlationId = newCorrelationId();
    const facts: Record<string, unknown> = { correlationId, method: ctx.method, path: ctx.path };
    ctx.set({
      'X-Correlation-Id': correlationId,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': exposedHeaders,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    });
    if (parts.context.isStopping()) ctx.set('Connection', 'close');
    ctx.res.once('close', () => {
      const milliseconds = Math.round(performance.now() - begun);
      const outcome = { ...(ctx.res.headersSent && { status: ctx.status }), ...(!ctx.res.writableFinished && { aborted: true }) };
      log.info({ ...facts, ...outcome, milliseconds }, 'call');
    });

    try {
      if (ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method')) {
        send(ctx, { status: 204, body: undefined, headers: preflightHeaders });
        return;
      }
      if (ctx.req.httpVersion === '1.1' && !ctx.req.headers.host) throw invalid({ field: 'Host', message: 'Is required' });
      const reply = await api({
        request: ctx.req,
        method: ctx.method,
        path: ctx.path,
        querystring: ctx.querystring,
        address: ctx.ip,
        setHeader: (name, value) => ctx.set(name, value),
        note: (more) => Object.assign(facts, more),
      });
      send(ctx, reply);
    } catch (thrown) {
      const error = isUnavailable(thrown) ? unavailable("The database can't be reached; try again", thrown) : toApiError(thrown);
      if (error.status >= 500) log.error({ ...facts, err: error.cause ?? error }, error.message);
      send(ctx, { status: error.status, body: toErrorBody(error, correlationId), headers: error.headers });
    }
  });
  app.on('error', (error) => log.warn({ err: error }, 'an answer broke off'));
  return app;
}

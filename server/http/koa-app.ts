import Koa from 'koa';
import { newCorrelationId } from '../calls/correlation-id.ts';
import type { AnyReply } from '../handler.ts';
import { type ReceivedCall, stoppedAt } from './call.ts';
import { createCallPipeline, type PipelineParts, type RepliedCall } from './call-pipeline.ts';
import { isKnownCaller } from './connections.ts';
import { createDocsRoutes } from './docs-routes.ts';
import { type CallLogParts, createCallLogs } from './log-call.ts';
import { commonHeaders, preflightReply, writeReply } from './response.ts';
import { awaitsContinue, createSendReply } from './send-reply.ts';
import { createSlowDown } from './slow-down.ts';

const isPreflight = (ctx: Koa.Context) => ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method') !== '';

interface AppSettings {
  trustedProxies: number;
  failedAuthenticationsPerMinute: number;
}

/**
 * Creates the HTTP application: receive → documentation pages, or the steps of an API call → API log → send.
 *
 * With proxies in front, the client address is taken from the end of `x-forwarded-for`, where the proxies add it.
 * A client can forge the earlier entries.
 */
export function createApp(
  parts: PipelineParts,
  logParts: CallLogParts,
  { trustedProxies, failedAuthenticationsPerMinute }: AppSettings,
): Koa {
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies });
  const { log } = logParts;
  const handleCall = createCallPipeline(parts, log);
  const sendReply = createSendReply(parts.limits);
  const slowDown = createSlowDown({ perAddressMax: failedAuthenticationsPerMinute, delayMs: parts.limits.slowDownMs });
  const { writeError, storeCall, logLine } = createCallLogs(logParts);

  function receive(ctx: Koa.Context): ReceivedCall {
    const receivedAt = parts.clock();
    return {
      request: ctx.req,
      correlationId: newCorrelationId(receivedAt),
      receivedAt,
      startedMs: performance.now(),
      method: ctx.method,
      path: ctx.path,
      querystring: ctx.querystring,
      address: ctx.ip,
      admitBody: () => {
        if (awaitsContinue(ctx)) ctx.res.writeContinue();
        ctx.state.isBodyAdmitted = true;
      },
    };
  }

  const withReply = (received: ReceivedCall, reply: AnyReply): RepliedCall => ({ ...received, written: writeReply(reply) });

  function withError(received: ReceivedCall, thrown: unknown): RepliedCall {
    const { progress, error } = stoppedAt(received, thrown);
    return { ...progress, written: writeError(progress, error) };
  }

  /** Responds to a call once its reply is known and stored in the API log. Does not reject if the call fails. */
  async function respond(ctx: Koa.Context, received: ReceivedCall, replying: Promise<RepliedCall>): Promise<void> {
    // Computed when the request arrives, so that a request that arrived before the server began to stop does not close its connection.
    const headers = commonHeaders(received.correlationId, parts.context.isStopping());
    const storing = replying.catch((thrown) => withError(received, thrown)).then(storeCall);
    logLine(received, ctx.res, storing);
    const { written, limitHeaders, actor } = await storing;
    if (!parts.context.isStopping()) await slowDown({ ...received, status: written.status, actor });
    sendReply(ctx, written, { ...headers, ...limitHeaders });
  }

  function respondToPage(ctx: Koa.Context, page: Promise<AnyReply>): Promise<void> {
    const received = receive(ctx);
    return respond(
      ctx,
      received,
      page.then((reply) => withReply(received, reply)),
    );
  }

  function respondToCall(ctx: Koa.Context): Promise<void> {
    const received = receive(ctx);
    return respond(ctx, received, isPreflight(ctx) ? Promise.resolve(withReply(received, preflightReply)) : handleCall(received));
  }

  app.use(createDocsRoutes(respondToPage));
  app.use(respondToCall);
  app.on('error', (error, ctx: Koa.Context | undefined) => {
    if (ctx && !isKnownCaller(ctx.req.socket) && !logParts.unknownLines.allows('faults', ctx.ip)) return;
    log.warn({ err: error }, 'a response could not be sent completely');
  });
  return app;
}

import Koa from 'koa';
import type { ApiLog } from '../calls/api-log.ts';
import { newCorrelationId } from '../calls/correlation-id.ts';
import type { Log } from '../common/process-log.ts';
import { type ReceivedCall, stoppedAt } from './call.ts';
import { createCallPipeline, type PipelineParts, type RepliedCall } from './call-pipeline.ts';
import { createDocsRoutes } from './docs-routes.ts';
import { createCallLogs } from './log-call.ts';
import { commonHeaders, preflightReply, sendReply } from './response.ts';

const isPreflight = (ctx: Koa.Context) => ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method') !== '';

/**
 * Creates the HTTP application: receive → documentation pages, or the steps of an API call → API log → send.
 *
 * With proxies in front, the client address is taken from the end of `x-forwarded-for`, where the proxies add it: a client can write anything
 * further to the front.
 */
export function createApp(parts: PipelineParts, apiLog: ApiLog, log: Log, { trustedProxies = 0 } = {}): Koa {
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies });
  const handleCall = createCallPipeline(parts);
  const { replyToError, storeCall, logLine } = createCallLogs(apiLog, log);

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
    };
  }

  const replyTo = (received: ReceivedCall): Promise<RepliedCall> =>
    handleCall(received).catch((thrown) => {
      const { progress, error } = stoppedAt(received, thrown);
      return { ...progress, reply: replyToError(progress, error) };
    });

  const headersOf = ({ correlationId }: ReceivedCall) => commonHeaders(correlationId, parts.context.isStopping());

  const beginPage = (ctx: Koa.Context) => {
    const received = receive(ctx);
    logLine(received, ctx.res, Promise.resolve(received));
    ctx.set(headersOf(received));
  };

  async function respondToCall(ctx: Koa.Context): Promise<void> {
    const received = receive(ctx);
    // Decided now: a request that arrived before the stop keeps its connection open for requests that follow it.
    const headers = headersOf(received);
    const replying = isPreflight(ctx) ? Promise.resolve({ ...received, reply: preflightReply }) : replyTo(received);
    logLine(received, ctx.res, replying);
    const replied: RepliedCall = await replying;
    const written = await storeCall(replied);
    sendReply(ctx, written, { ...headers, ...replied.limitHeaders });
  }

  app.use(createDocsRoutes(beginPage));
  app.use(respondToCall);
  app.on('error', (error) => log.warn({ err: error }, 'a response could not be sent completely'));
  return app;
}

import type { Context as KoaContext, Middleware } from 'koa';
import { guidesSecurityPolicy } from '../contract/docs-page.ts';
import { createStaticDocument } from '../contract/static-document.ts';
import type { AnyReply, StaticDocument } from '../handler.ts';

const prefix = '/docs/guides';
const startPath = '/';
/** An API client, which does not prefer HTML, gets for this path what it gets for every path that is not in the contract. */
const asksForStartPage = (ctx: KoaContext): boolean => ctx.path === startPath && ctx.accepts('json', 'html') === 'html';

type Respond = (ctx: KoaContext, page: Promise<AnyReply>) => Promise<void>;

const varyByAccept = (reply: AnyReply): AnyReply => ({ ...reply, headers: { ...reply.headers, Vary: 'Accept, Accept-Encoding' } });

/** Creates the routes of the guides. Loads the router and the Markdown renderer, which most servers never need. */
async function loadRoutes(respond: Respond): Promise<Middleware> {
  const [{ Router }, { readGuides }] = await Promise.all([import('@koa/router'), import('../contract/guides.ts')]);
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': guidesSecurityPolicy };
  const guides = new Map([...(await readGuides())].map(([name, page]) => [name, createStaticDocument(async () => page, headers)]));
  const router = new Router({ sensitive: true, strict: true });
  const serve = (name: string, ctx: KoaContext, next: () => Promise<void>) => {
    const page = guides.get(name);
    if (page === undefined) return next();
    return respond(ctx, page(ctx.headers));
  };
  router.get(startPath, (ctx) => {
    const page = guides.get('index') as StaticDocument;
    return respond(ctx as unknown as KoaContext, page(ctx.headers).then(varyByAccept));
  });
  router.get(prefix, (ctx, next) => serve('index', ctx as unknown as KoaContext, next));
  router.get(`${prefix}/:guide`, (ctx, next) => serve(ctx.params.guide as string, ctx as unknown as KoaContext, next));
  return router.routes() as unknown as Middleware;
}

/**
 * Serves the guides of `docs/guides` as HTML, and their index also at `/` for browsers: pages for people, which are not operations of the contract.
 *
 * For a guide that does not exist, calls the next middleware. API calls skip these routes.
 */
export function createDocsRoutes(respond: Respond): Middleware {
  let loading: Promise<Middleware> | undefined;
  return async (ctx, next) => {
    if (!ctx.path.startsWith(prefix) && !asksForStartPage(ctx)) return next();
    loading ??= loadRoutes(respond);
    let routes: Middleware;
    try {
      routes = await loading;
    } catch (error) {
      // The next request tries again.
      loading = undefined;
      return respond(ctx, Promise.reject(error));
    }
    return routes(ctx, next);
  };
}

import type { Context as KoaContext, Middleware } from 'koa';
import { guidesSecurityPolicy } from '../contract/docs-page.ts';
import { createStaticDocument } from '../contract/static-document.ts';
import type { AnyReply } from '../handler.ts';

const prefix = '/docs/guides';

type Respond = (ctx: KoaContext, page: Promise<AnyReply>) => Promise<void>;

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
  router.get(prefix, (ctx, next) => serve('index', ctx as unknown as KoaContext, next));
  router.get(`${prefix}/:guide`, (ctx, next) => serve(ctx.params.guide as string, ctx as unknown as KoaContext, next));
  return router.routes() as unknown as Middleware;
}

/**
 * Serves the guides of `docs/guides` as HTML: pages for people, which are not operations of the contract.
 *
 * For a guide that does not exist, calls the next middleware. API calls skip these routes.
 */
export function createDocsRoutes(respond: Respond): Middleware {
  let loading: Promise<Middleware> | undefined;
  return async (ctx, next) => {
    if (!ctx.path.startsWith(prefix)) return next();
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

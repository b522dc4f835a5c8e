import { Router, type RouterContext, type RouterMiddleware } from '@koa/router';
import type Koa from 'koa';
import { guidesSecurityPolicy } from '../contract/docs-page.ts';

/**
 * Serves the guides of `docs/guides` as HTML: pages for people, which are not operations of the contract.
 *
 * `begin` runs first for each page. A guide that does not exist is left to the next middleware. The Markdown renderer is loaded with the first
 * page, because most servers never show one.
 */
export function createDocsRoutes(begin: (ctx: Koa.Context) => void): Koa.Middleware {
  const router = new Router();
  let guides: Promise<Map<string, string>> | undefined;

  const serve =
    (nameOf: (ctx: RouterContext) => string): RouterMiddleware =>
    async (ctx, next) => {
      guides ??= import('../contract/guides.ts').then(({ readGuides }) => readGuides());
      const page = (await guides).get(nameOf(ctx));
      if (page === undefined) return next();
      begin(ctx);
      ctx.set('Content-Security-Policy', guidesSecurityPolicy);
      ctx.type = 'html';
      ctx.body = page;
    };

  router.get(
    '/docs/guides',
    serve(() => 'index'),
  );
  router.get(
    '/docs/guides/:guide',
    serve(({ params }) => params.guide as string),
  );
  const routes = router.routes() as unknown as Koa.Middleware;
  // API calls pass by without a look at the routes.
  return (ctx, next) => (ctx.path.startsWith('/docs/guides') ? routes(ctx, next) : next());
}

import type { IncomingHttpHeaders } from 'node:http';
import addFormats from 'ajv-formats';
import Koa from 'koa';
import { OpenAPIBackend, type Request } from 'openapi-backend';
import readRaw from 'raw-body';
import type { Token } from './data.ts';
import { definition } from './definition.ts';
import { errorBody, unauthorizedBody, validationBody } from './response-bodies.ts';
import { announce, createOffboard, getImport, listImports, type SubjectResponse, schemes, tokenOf } from './work.ts';

// A server with Koa and openapi-backend, as the README of openapi-backend shows, on the whole contract.

const send = (ctx: Koa.Context, { status, body }: SubjectResponse) => Object.assign(ctx, { status, body });

// `quick` skips the check of the definition, which applies the rules of OpenAPI 3.0 to 3.1 and refuses the contract.
const api = new OpenAPIBackend({
  definition,
  quick: true,
  ajvOpts: { strict: false, allErrors: true, formats: { binary: true } },
  customizeAjv: (ajv) => addFormats.default(ajv),
});
api.register({
  getApplicationImport: async ({ request, security }, ctx) =>
    send(ctx, await getImport(security?.bearer as Token, (request.params as { id: string }).id)),
  listApplicationImports: async ({ security }, ctx) => send(ctx, await listImports(security?.bearer as Token)),
  createOffboardEvent: async ({ request, security }, ctx) => send(ctx, await createOffboard(security?.bearer as Token, request.body)),
  unauthorizedHandler: (_context, ctx) => send(ctx, { status: 401, body: unauthorizedBody() }),
  validationFail: ({ validation }, ctx) => {
    const errors = [validation.errors].flat().map((error) => ({
      field: typeof error === 'object' ? (error?.instancePath.split('/').slice(2).join('.') ?? '') : 'body',
      message: typeof error === 'object' ? (error?.message ?? 'Is not valid') : String(error),
    }));
    send(ctx, { status: 400, body: validationBody(errors) });
  },
  notFound: (_context, ctx) => send(ctx, { status: 404, body: errorBody('not_found', 'No such path') }),
});
await api.init();
for (const scheme of schemes) api.registerSecurityHandler(scheme, ({ request }) => tokenOf(request.headers as IncomingHttpHeaders, scheme));

const app = new Koa();
app.use(async (ctx) => {
  const text = ctx.method === 'POST' ? await readRaw(ctx.req, { encoding: 'utf8', limit: '1mb' }) : '';
  const { method, path, headers, querystring: query } = ctx;
  const request = { method, path, headers, query, body: text === '' ? undefined : JSON.parse(text) } as Request;
  await api.handleRequest(request, ctx);
});
const server = app.listen(0, '127.0.0.1', () => announce((server.address() as { port: number }).port));

import ajvFormats from 'ajv-formats';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import glue from 'fastify-openapi-glue';
import type { Token } from './data.ts';
import { definition } from './definition.ts';
import { errorBody, unauthorizedBody, validationBody } from './response-bodies.ts';
import { announce, createOffboard, getImport, listImports, type SubjectResponse, schemes, tokenOf } from './work.ts';

// A server with Fastify 5 and fastify-openapi-glue on the whole contract, with its validation and compiled serialization, without logging.

/** One error object for all requests, because capturing a stack trace takes longer than the response. */
const unauthorized = Object.assign(new Error('Unauthorized'), { statusCode: 401 });
declare module 'fastify' {
  interface FastifyRequest {
    token: Token;
  }
}
type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

const send = (reply: FastifyReply, { status, body }: SubjectResponse) => reply.code(status).send(body);
const cases: Record<string, Handle> = {
  getApplicationImport: async (request, reply) => send(reply, await getImport(request.token, (request.params as { id: string }).id)),
  listApplicationImports: async (request, reply) => send(reply, await listImports(request.token)),
  createOffboardEvent: async (request, reply) =>
    send(reply, await createOffboard(request.token, request.body as { identityId: string; effectiveDate: string })),
};
const notImplemented: Handle = async (_request, reply) => send(reply, { status: 501, body: {} });

const authenticateBy = (scheme: (typeof schemes)[number]) => async (request: FastifyRequest) => {
  const token = await tokenOf(request.headers, scheme);
  if (!token) throw unauthorized;
  request.token = token;
};

const securityHandlers = Object.fromEntries(schemes.map((scheme) => [scheme, authenticateBy(scheme)]));

const app = fastify({
  logger: false,
  ajv: {
    customOptions: { allErrors: true, strict: false, coerceTypes: false, removeAdditional: false },
    plugins: [ajvFormats.default as never],
    onCreate: (ajv) => void ajv.addFormat('binary', true),
  },
});
app.decorateRequest('token');
app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
app.setErrorHandler((thrown, _request, reply) => {
  const error = thrown as Error & {
    validation?: { instancePath: string; message?: string; params: { missingProperty?: string } }[];
    statusCode?: number;
  };
  if (error.validation) {
    const errors = error.validation.map(({ instancePath, params, message = 'Is not valid' }) => ({
      field: params.missingProperty ?? instancePath.slice(1).replaceAll('/', '.'),
      message,
    }));
    return reply.code(400).send(validationBody(errors));
  }
  if (error.statusCode === 401) return reply.code(401).header('www-authenticate', 'Bearer').send(unauthorizedBody());
  return reply.code(error.statusCode ?? 500).send(errorBody('server_error', error.message));
});
await app.register(glue, {
  specification: definition,
  operationResolver: (operationId) => cases[operationId] ?? notImplemented,
  securityHandlers,
});
await app.listen({ port: 0, host: '127.0.0.1' });
announce((app.server.address() as { port: number }).port);

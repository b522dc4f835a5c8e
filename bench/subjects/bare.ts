import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { errorBody, unauthorizedBody, validationBody } from './response-bodies.ts';
import { announce, createOffboard, getImport, listImports, type SubjectResponse, tokenOf } from './work.ts';

// A server with node:http and the database only, as the upper limit. It implements the compared cases only and does not validate the contract.

const imports = '/api/application-imports';

async function respond(request: IncomingMessage): Promise<SubjectResponse> {
  const token = await tokenOf(request.headers, 'bearer');
  if (!token) return { status: 401, body: unauthorizedBody() };
  const url = request.url as string;
  if (request.method === 'GET') return url === imports ? listImports(token) : getImport(token, url.slice(imports.length + 1));
  const body = JSON.parse(await text(request));
  const invalidFields = ['identityId', 'effectiveDate', 'comment'].filter((field) => typeof (body[field] ?? '') !== 'string');
  if (invalidFields.length === 0) return createOffboard(token, body);
  return { status: 400, body: validationBody(invalidFields.map((field) => ({ field, message: 'Must be text' }))) };
}

const server = createServer(async (request, response) => {
  const { status, body } = await respond(request).catch(() => ({ status: 500, body: errorBody('server_error', 'Unexpected error') }));
  const json = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) }).end(json);
});
server.listen(0, '127.0.0.1', () => announce((server.address() as { port: number }).port));

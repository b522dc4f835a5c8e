import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { checkMediaType, mediaTypeOf, parseJson, readBody } from './bodies.ts';
import { matchPath, type Operation } from './contract.ts';
import { type Journal, type JournalEntry, parseQuery, requestHeadersOf } from './journal.ts';
import { checkJournalAccess } from './journal-access.ts';
import { contentFor, exampleFor, readPreferences } from './prefer.ts';
import type { RequestPrism } from './prism.ts';
import { bytesOf, headersOf, invalid, type MockResponse, Refusal, toRefusal, toResponse } from './responses.ts';

interface RequestHandlerParts {
  operations: Operation[];
  requestPrism: RequestPrism;
  requestGenerator: RequestPrism;
  journal: Journal;
}

const delayMsMax = 60_000;
const json = 'application/json';
const preflight: MockResponse = {
  status: 204,
  mediaType: undefined,
  body: undefined,
  headers: {
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers':
      'Authorization, x-access-token, Content-Type, Idempotency-Key, Gatehouse-Environment, x-key, x-hash, Prefer, X-Mock-Delay',
    'Access-Control-Max-Age': '86400',
  },
};

const methodNotAllowed = (method: string, allow: string) =>
  new Refusal(405, 'method_not_allowed', `This path does not support ${method}; it supports ${allow}`, { headers: { Allow: allow } });

function findOperation(operations: Operation[], path: string, method: string): Operation {
  try {
    decodeURIComponent(path);
  } catch {
    throw invalid({ field: 'path', message: 'Is not percent-encoded UTF-8; write a literal % as %25' });
  }
  const byMethod = matchPath(operations, path);
  if (byMethod.size === 0) throw new Refusal(404, 'not_found', 'This path does not exist; /openapi.yaml lists all paths');
  const operation = byMethod.get(method === 'HEAD' ? 'get' : method.toLowerCase());
  if (operation) return operation;
  const allow = [...byMethod.keys()].map((name) => name.toUpperCase());
  throw methodNotAllowed(method, [...allow, ...(allow.includes('GET') ? ['HEAD'] : [])].join(', '));
}

/** Throws 401 without a token. `Authorization` has precedence over `x-access-token`, as in the server. */
function checkToken({ authorization, 'x-access-token': accessToken }: IncomingHttpHeaders): void {
  if (authorization === undefined ? accessToken : /^Bearer +\S/i.test(authorization)) return;
  const challenge =
    (authorization ?? accessToken) === undefined ? 'Bearer realm="gatehouse"' : 'Bearer realm="gatehouse", error="invalid_token"';
  throw new Refusal(401, 'unauthorized', 'Invalid or expired authentication token', { headers: { 'WWW-Authenticate': challenge } });
}

/** Returns the delay in milliseconds; undefined if the header is not valid. */
function delayOf({ headers }: IncomingMessage): number | undefined {
  const value = String(headers['x-mock-delay'] ?? '0');
  return /^[0-9]{1,5}$/.test(value) && Number(value) <= delayMsMax ? Number(value) : undefined;
}
const invalidDelay = () => invalid({ field: 'X-Mock-Delay', message: `Must be a whole number of milliseconds from 0 to ${delayMsMax}` });

/** Returns or resets the journal. The journal does not record these requests. */
function responseForJournal(request: IncomingMessage, journal: Journal): MockResponse {
  const { method = '', headers } = request;
  checkJournalAccess(headers);
  if (method === 'GET' || method === 'HEAD') return { status: 200, mediaType: json, body: { requests: journal.requests() } };
  if (method !== 'DELETE') throw methodNotAllowed(method, 'GET, DELETE, HEAD');
  journal.reset();
  return { status: 204, mediaType: undefined, body: undefined };
}

/**
 * Creates the request handler in front of Prism. Prism receives only requests with an operation, a token and
 * well-formed JSON. The handler converts the errors of Prism to the error format of the contract.
 *
 * It also reads the body of a refused request, because the journal stores it.
 */
export function createRequestHandler({ operations, requestPrism, requestGenerator, journal }: RequestHandlerParts) {
  async function responseForRequest(request: IncomingMessage, path: string, query: JournalEntry['query'], entry: JournalEntry) {
    let operation: Operation | undefined;
    let refusal: unknown;
    try {
      if (request.httpVersion === '1.1' && !request.headers.host) throw invalid({ field: 'Host', message: 'Is required' });
      operation = findOperation(operations, path, entry.method);
      if (delayOf(request) === undefined) throw invalidDelay();
      if (operation.isSecured) checkToken(request.headers);
      if (operation.bodyType) checkMediaType(request, operation.bodyType);
    } catch (thrown) {
      refusal = thrown;
    }
    try {
      const bytesMax = refusal === undefined && operation?.bodyType === json ? operation.bodyBytesMax : undefined;
      const text = await readBody(request, entry, bytesMax);
      if (refusal !== undefined || !operation) throw refusal;
      return { operation, mockResponse: await responseForOperation(operation, request, path, query, text) };
    } catch (thrown) {
      return { operation, mockResponse: toResponse(toRefusal(thrown)) };
    }
  }

  async function responseForOperation(
    operation: Operation,
    request: IncomingMessage,
    path: string,
    query: JournalEntry['query'],
    text: string,
  ) {
    const body = operation.bodyType === json ? parseJson(text) : undefined;
    const preferences = readPreferences(request.headers, operation);
    const unknownNames = Object.keys(query).filter((name) => !operation.queryNames.includes(name));
    if (unknownNames.length > 0) throw invalid(unknownNames.map((field) => ({ field, message: 'Is not a known query parameter' })));
    if (operation.bodyType === 'multipart/form-data') {
      if (mediaTypeOf(request) === '') throw invalid({ field: 'body', message: 'Is required' });
      return exampleFor(operation, preferences);
    }
    // Prism would refuse a request if its Accept matches no declared media type. The server accepts such a request.
    const { accept: _, ...headers } = requestHeadersOf(request);
    const { mediaType } = contentFor(operation, preferences);
    const prismRequest = { path, query, headers: { ...headers, ...(mediaType && { accept: mediaType }) }, body };
    return (preferences.dynamic ? requestGenerator : requestPrism)(operation, prismRequest, preferences);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const connectionClosed = new AbortController();
    response.once('close', () => connectionClosed.abort());
    const [path = '', querystring = ''] = (request.url ?? '').split(/\?(.*)/s);
    const method = request.method ?? '';
    const isJournal = path === '/__mock/requests';
    const correlationId = randomBytes(16).toString('hex');
    const send = (mockResponse: MockResponse, operation?: Operation, entry?: JournalEntry) => {
      if (response.destroyed || response.headersSent) return;
      if (entry) entry.status = mockResponse.status;
      const bytes = bytesOf(mockResponse, correlationId);
      if (bytes && mockResponse.status !== 204) response.setHeader('Content-Length', bytes.length);
      const headers = headersOf(mockResponse, operation, correlationId);
      if (isJournal) for (const name of Object.keys(headers)) if (name.startsWith('Access-Control-')) delete headers[name];
      response.writeHead(mockResponse.status, headers).end(bytes);
    };

    let entry: JournalEntry | undefined;
    try {
      if (isJournal) return send(responseForJournal(request, journal));
      if (method === 'OPTIONS' && request.headers['access-control-request-method']) return send(preflight);
      entry = journal.record(request, path, querystring);
      const { operation, mockResponse } = await responseForRequest(request, path, parseQuery(querystring), entry);
      const delayMs = delayOf(request) ?? 0;
      if (delayMs > 0) await wait(delayMs, undefined, { signal: connectionClosed.signal });
      send(mockResponse, operation, entry);
    } catch (thrown) {
      if (!connectionClosed.signal.aborted) send(toResponse(toRefusal(thrown)), undefined, entry);
    }
  };
}

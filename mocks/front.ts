import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, bytesOf, headersOf, invalid, Refusal, toAnswer, toRefusal } from './answers.ts';
import { checkMediaType, mediaTypeOf, parseJson, readBody } from './bodies.ts';
import { matchPath, type Operation } from './contract.ts';
import { type Journal, type JournalEntry, parseQuery, headersOf as requestHeadersOf } from './journal.ts';
import { contentFor, exampleFor, readPreferences } from './prefer.ts';
import type { AskPrism } from './prism.ts';

interface FrontParts {
  operations: Operation[];
  askPrism: AskPrism;
  askMadeUp: AskPrism;
  journal: Journal;
}

const delayMsMax = 60_000;
const json = 'application/json';
const preflight: Answer = {
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

const notAllowed = (method: string, allow: string) =>
  new Refusal(405, 'method_not_allowed', `This path does not support ${method}; it supports ${allow}`, { headers: { Allow: allow } });

function findOperation(operations: Operation[], path: string, method: string): Operation {
  try {
    decodeURIComponent(path);
  } catch {
    throw invalid({ field: 'path', message: 'Is not percent-encoded UTF-8; write a literal % as %25' });
  }
  const found = matchPath(operations, path);
  if (found.size === 0) throw new Refusal(404, 'not_found', 'This path does not exist; /openapi.yaml lists all paths');
  const operation = found.get(method === 'HEAD' ? 'get' : method.toLowerCase());
  if (operation) return operation;
  const allow = [...found.keys()].map((name) => name.toUpperCase());
  throw notAllowed(method, [...allow, ...(allow.includes('GET') ? ['HEAD'] : [])].join(', '));
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
  const given = String(headers['x-mock-delay'] ?? '0');
  return /^[0-9]{1,5}$/.test(given) && Number(given) <= delayMsMax ? Number(given) : undefined;
}
const noDelay = () => invalid({ field: 'X-Mock-Delay', message: `Must be a whole number of milliseconds from 0 to ${delayMsMax}` });

/** Serves the journal of the mock. The journal does not record these requests. */
function answerAboutMock(method: string, journal: Journal): Answer {
  if (method === 'GET' || method === 'HEAD') return { status: 200, mediaType: json, body: { requests: journal.requests() } };
  if (method !== 'DELETE') throw notAllowed(method, 'GET, DELETE, HEAD');
  journal.reset();
  return { status: 204, mediaType: undefined, body: undefined };
}

/**
 * Creates the request handler in front of Prism. Prism gets only requests with an operation, a token and a valid JSON body, and its errors are converted.
 *
 * It also reads the body of a refused request, so that the journal has it.
 */
export function createFront({ operations, askPrism, askMadeUp, journal }: FrontParts) {
  async function answerCall(request: IncomingMessage, path: string, query: JournalEntry['query'], entry: JournalEntry) {
    let operation: Operation | undefined;
    let refusal: unknown;
    try {
      if (request.httpVersion === '1.1' && !request.headers.host) throw invalid({ field: 'Host', message: 'Is required' });
      operation = findOperation(operations, path, entry.method);
      if (delayOf(request) === undefined) throw noDelay();
      if (operation.isSecured) checkToken(request.headers);
      if (operation.bodyType) checkMediaType(request, operation.bodyType);
    } catch (thrown) {
      refusal = thrown;
    }
    try {
      const text = await readBody(request, entry, refusal === undefined && operation?.bodyType === json);
      if (refusal !== undefined || !operation) throw refusal;
      return { operation, answer: await answerOperation(operation, request, path, query, text) };
    } catch (thrown) {
      return { operation, answer: toAnswer(toRefusal(thrown)) };
    }
  }

  async function answerOperation(operation: Operation, request: IncomingMessage, path: string, query: JournalEntry['query'], text: string) {
    const body = operation.bodyType === json ? parseJson(text) : undefined;
    const preferences = readPreferences(request.headers, operation);
    const unknown = Object.keys(query).filter((name) => !operation.queryNames.includes(name));
    if (unknown.length > 0) throw invalid(...unknown.map((field) => ({ field, message: 'Is not a known query parameter' })));
    if (operation.bodyType === 'multipart/form-data') {
      if (mediaTypeOf(request) === '') throw invalid({ field: 'body', message: 'Is required' });
      return exampleFor(operation, preferences);
    }
    // Prism refuses a request whose Accept fits no content. The server does not.
    const { accept: _, ...headers } = requestHeadersOf(request);
    const { mediaType } = contentFor(operation, preferences);
    const asked = { path, query, headers: { ...headers, ...(mediaType && { accept: mediaType }) }, body };
    return (preferences.dynamic ? askMadeUp : askPrism)(operation, asked, preferences);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const [path = '', querystring = ''] = (request.url ?? '').split(/\?(.*)/s);
    const method = request.method ?? '';
    const correlationId = randomBytes(16).toString('hex');
    const send = (answer: Answer, operation?: Operation, entry?: JournalEntry) => {
      if (response.destroyed || response.headersSent) return;
      if (entry) entry.status = answer.status;
      const bytes = bytesOf(answer, correlationId);
      if (bytes && answer.status !== 204) response.setHeader('Content-Length', bytes.length);
      response.writeHead(answer.status, headersOf(answer, operation, correlationId)).end(bytes);
    };

    let entry: JournalEntry | undefined;
    try {
      if (method === 'OPTIONS' && request.headers['access-control-request-method']) return send(preflight);
      if (path === '/__mock/requests') return send(answerAboutMock(method, journal));
      entry = journal.record(request, path, querystring);
      const { operation, answer } = await answerCall(request, path, parseQuery(querystring), entry);
      const delayMs = delayOf(request) ?? 0;
      if (delayMs > 0) await wait(delayMs, undefined, { signal: gone.signal });
      send(answer, operation, entry);
    } catch (thrown) {
      if (!gone.signal.aborted) send(toAnswer(toRefusal(thrown)), undefined, entry);
    }
  };
}

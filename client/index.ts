import { createConfig, createClient as createGenerated } from '../generated/client/index.ts';
import * as sdk from '../generated/sdk.gen.ts';
import type { AccessToken } from '../generated/types.gen.ts';
import { type AccessKeyPair, type AccessTokenCache, createAccessTokenCache, newProof, randomHex } from './access-key.ts';
import { isUnauthorizedError } from './errors.ts';
import { createLog, type LogOptions } from './log.ts';
import type { CallOptions, OperationId, Operations, Pages, RawOperations } from './operations.ts';
import { iterateItems, iterateRecords } from './pages.ts';
import { type CallResponse, callWithRetries, type GeneratedResult, type RetrySettings } from './retries.ts';
import { type WaitOptions, waitForImport } from './wait-for-import.ts';

export type * from '../generated/types.gen.ts';
export type { AccessKeyPair } from './access-key.ts';
export * from './errors.ts';
export type { Logger, LogLevel, LogOptions } from './log.ts';
export type { CallOptions, Input, ListId, OperationId, Operations, Output, Pages, RawOperations } from './operations.ts';
export { ImportFailedError, type WaitOptions } from './wait-for-import.ts';

export interface ClientOptions {
  /** The secret of a token. Without a token or access key, only operations that require no credential work. */
  token?: string;
  /** An access key, instead of a token. The client exchanges it for access tokens as needed. */
  accessKey?: AccessKeyPair;
  /** The URL of the server. Default: `http://127.0.0.1:8080`. */
  baseUrl?: string;
  /** A name in `regions`. Use it instead of `baseUrl`. */
  region?: string;
  /** The URLs of several servers, by name. */
  regions?: Record<string, string>;
  /** `projectKey/environmentKey`, for credentials whose scope includes more than one environment. */
  environment?: string;
  log?: LogOptions;
  /** Maximum duration of each attempt, in milliseconds. Default: 30 seconds. */
  timeoutMs?: number;
  /** Number of retries after a transient failure. Default: 3. */
  retries?: number;
  /** Replaces the platform's `fetch`. */
  fetch?: typeof fetch;
}

export interface GatehouseClient extends Operations {
  /** The same operations. Each returns status, headers and response in addition to the body. */
  raw: RawOperations;
  /** Iterates over the items of all pages of a list: `for await (const event of client.pages.listPersonnelEvents())`. */
  pages: Pages;
  /** Waits until an import is finished. Throws `ImportFailedError` with its log if it fails. */
  waitForImport: (id: string, options?: WaitOptions) => ReturnType<typeof waitForImport>;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
interface Route {
  method: Method;
  url: string;
  isSecured: boolean;
}
type Send = (client: object, input: Record<string, unknown>) => Promise<GeneratedResult>;
const methods: Method[] = ['get', 'post', 'put', 'patch', 'delete'];

function baseUrlOf({ baseUrl, region, regions = {} }: ClientOptions): string {
  if (region !== undefined && baseUrl !== undefined) throw new TypeError('Give either baseUrl or region');
  if (region === undefined) return (baseUrl ?? 'http://127.0.0.1:8080').replace(/\/+$/, '');
  const url = regions[region];
  if (url === undefined) throw new TypeError(`Unknown region ${region}; known regions: ${Object.keys(regions).join(', ') || 'none'}`);
  return url.replace(/\/+$/, '');
}

/** Finds method and path of a generated operation. Calls it with a client that only records how it is called and sends nothing. */
function routeOf(call: Send): Route {
  let route: Route | undefined;
  const record = (method: Method) => (options: { url: string; security?: unknown }) => {
    route = { method, url: options.url, isSecured: options.security !== undefined };
  };
  call(Object.fromEntries(methods.map((method) => [method, record(method)])), {});
  if (!route) throw new Error('The operation called no HTTP method');
  return route;
}

/** Creates a client for all operations of the contract. Its operations throw typed errors and are retried after transient failures. */
export function createClient(options: ClientOptions = {}): GatehouseClient {
  const { token, accessKey, environment, timeoutMs = 30_000, retries = 3 } = options;
  if (token !== undefined && accessKey) throw new TypeError('Give either a token or an access key');
  const log = createLog(options.log);
  const generated = createGenerated(
    createConfig({
      baseUrl: baseUrlOf(options) as `${string}://${string}`,
      ...(options.fetch && { fetch: options.fetch }),
      ...(token !== undefined && { auth: ({ type }) => (type === 'http' ? token : undefined) }),
      ...(environment !== undefined && { headers: { 'Gatehouse-Environment': environment } }),
    }),
  );

  /** Exchanges the access key. Each attempt creates a new proof, because a proof works only once. */
  const exchange = async (pair: AccessKeyPair) => {
    const send = async (signal: AbortSignal) => sdk.createAccessToken({ ...(await newProof(pair)), client: generated, signal });
    const settings = { timeoutMs, retries, isRepeatable: true, signal: undefined, log, name: 'POST /api/v2/auth/client_token' };
    return (await callWithRetries(send, settings)).data as AccessToken;
  };
  const accessTokens = accessKey && createAccessTokenCache(() => exchange(accessKey));

  /** Calls with an access token. If the server refuses the token, calls once more with a new one. */
  async function callWithAccessToken(
    tokens: AccessTokenCache,
    send: (headers: Record<string, string>) => Promise<CallResponse>,
  ): Promise<CallResponse> {
    const accessToken = await tokens.get();
    try {
      return await send({ Authorization: `Bearer ${accessToken}` });
    } catch (error) {
      if (!isUnauthorizedError(error)) throw error;
      tokens.discard(accessToken);
      return send({ Authorization: `Bearer ${await tokens.get()}` });
    }
  }

  const createOperation = (call: Send) => {
    const { method, url, isSecured } = routeOf(call);
    return async ({ signal, idempotencyKey, headers, ...input }: CallOptions & Record<string, unknown> = {}) => {
      const key = method === 'post' ? { 'Idempotency-Key': idempotencyKey ?? randomHex() } : {};
      const settings: RetrySettings = {
        timeoutMs: input.timeoutMs ?? timeoutMs,
        retries: input.retries ?? retries,
        isRepeatable: method !== 'patch',
        signal,
        log,
        name: `${method.toUpperCase()} ${url}`,
      };
      const send = (authorization: Record<string, string>) =>
        callWithRetries((signal) => call(generated, { ...input, signal, headers: { ...authorization, ...key, ...headers } }), settings);
      const { data, response } = await (accessTokens && isSecured ? callWithAccessToken(accessTokens, send) : send({}));
      return { data, status: response.status, headers: response.headers, response };
    };
  };

  const calls = Object.entries(sdk).map(([id, call]) => {
    const send: Send = (client, input) => (call as unknown as (input: object) => Promise<GeneratedResult>)({ ...input, client });
    return [id as OperationId, createOperation(send)] as const;
  });
  const raw = Object.fromEntries(calls);
  const bodyOnly = Object.fromEntries(
    calls.map(([id, call]) => [id, async (input?: object) => (await call(input as CallOptions & Record<string, unknown>)).data]),
  );
  const iterate = (id: string) => (id === 'listApplicationRecords' ? iterateRecords : iterateItems);
  const lists = Object.fromEntries(Object.entries(bodyOnly).map(([id, list]) => [id, (input?: object) => iterate(id)(list, input)]));
  const operations = bodyOnly as unknown as Operations;
  return {
    ...operations,
    raw: raw as unknown as RawOperations,
    pages: lists as unknown as Pages,
    waitForImport: (id, waitOptions) =>
      waitForImport((signal) => operations.getApplicationImport({ path: { id }, ...(signal && { signal }) }), waitOptions),
  };
}

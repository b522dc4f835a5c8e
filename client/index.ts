import { createConfig, createClient as createGenerated } from '../generated/client/index.ts';
import * as sdk from '../generated/sdk.gen.ts';
import type { AccessToken } from '../generated/types.gen.ts';
import { type AccessKeyPair, type AccessTokenCache, createAccessTokenCache, newProof, randomHex } from './access-key.ts';
import { isUnauthorizedError } from './errors.ts';
import { createLog, type LogOptions } from './log.ts';
import type { CallOptions, OperationId, Operations, Pages, RawOperations } from './operations.ts';
import { iterateItems } from './pages.ts';
import { type CallResponse, callWithRetries, type GeneratedResult, type RetrySettings } from './retries.ts';
import { type WaitOptions, waitForImport } from './wait-for-import.ts';

export type * from '../generated/types.gen.ts';
export type { AccessKeyPair } from './access-key.ts';
export * from './errors.ts';
export type { Logger, LogLevel, LogOptions } from './log.ts';
export type { CallOptions, Input, ListId, OperationId, Operations, Output, Pages, RawOperations } from './operations.ts';
export { ImportFailedError, type WaitOptions } from './wait-for-import.ts';

export interface ClientOptions {
  /** A token's secret; left out, and without an access key, only operations that need none work. */
  token?: string;
  /** Instead of a token: an access key, for which access tokens are asked as they are needed. */
  accessKey?: AccessKeyPair;
  /** Where the server is; `http://127.0.0.1:8080` where neither it nor a region is given. */
  baseUrl?: string;
  /** A name in `regions`, instead of `baseUrl`. */
  region?: string;
  /** The servers there are, by name. */
  regions?: Record<string, string>;
  /** `projectKey/environmentKey`, for tokens that reach more than one environment. */
  environment?: string;
  log?: LogOptions;
  /** How long each attempt may take, in milliseconds; 30 seconds where it is left out. */
  timeoutMs?: number;
  /** How many times a call that failed in passing is tried again; 3 where it is left out. */
  retries?: number;
  /** Instead of the platform's own. */
  fetch?: typeof fetch;
}

export interface GatehouseClient extends Operations {
  /** The operations once more, answering with status, headers and the response beside the body. */
  raw: RawOperations;
  /** Lists, item by item over all pages: `for await (const event of client.pages.listPersonnelEvents())`. */
  pages: Pages;
  /** Resolves when an import is finished; rejects with its log when it fails. */
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

function addressOf({ baseUrl, region, regions = {} }: ClientOptions): string {
  if (region !== undefined && baseUrl !== undefined) throw new TypeError('Give either baseUrl or region');
  if (region === undefined) return (baseUrl ?? 'http://127.0.0.1:8080').replace(/\/+$/, '');
  const address = regions[region];
  if (address === undefined) throw new TypeError(`There is no region ${region}; regions has ${Object.keys(regions).join(', ') || 'none'}`);
  return address.replace(/\/+$/, '');
}

/** Which method and path an operation is, told by itself to a client that sends nothing. */
function routeOf(call: Send): Route {
  let route: Route | undefined;
  const note = (method: Method) => (options: { url: string; security?: unknown }) => {
    route = { method, url: options.url, isSecured: options.security !== undefined };
  };
  call(Object.fromEntries(methods.map((method) => [method, note(method)])), {});
  if (!route) throw new Error('An operation called none of the methods');
  return route;
}

/** A client whose operations throw typed errors, and try again what failed in passing. */
export function createClient(options: ClientOptions = {}): GatehouseClient {
  const { token, accessKey, environment, timeoutMs = 30_000, retries = 3 } = options;
  if (token !== undefined && accessKey) throw new TypeError('Give either a token or an access key');
  const log = createLog(options.log);
  const generated = createGenerated(
    createConfig({
      baseUrl: addressOf(options) as `${string}://${string}`,
      ...(options.fetch && { fetch: options.fetch }),
      ...(token !== undefined && { auth: ({ type }) => (type === 'http' ? token : undefined) }),
      ...(environment !== undefined && { headers: { 'Gatehouse-Environment': environment } }),
    }),
  );

  /** Each attempt proves the secret anew: a proof counts once. */
  const exchange = async (pair: AccessKeyPair) => {
    const send = async (signal: AbortSignal) => sdk.createAccessToken({ ...(await newProof(pair)), client: generated, signal });
    const settings = { timeoutMs, retries, isRepeatable: true, signal: undefined, log, name: 'POST /api/v2/auth/client_token' };
    return (await callWithRetries(send, settings)).data as AccessToken;
  };
  const accessTokens = accessKey && createAccessTokenCache(() => exchange(accessKey));

  /** Calls with an access token; once more with a new one, should it have ended before its time. */
  async function withAccessToken(
    tokens: AccessTokenCache,
    send: (headers: Record<string, string>) => Promise<CallResponse>,
  ): Promise<CallResponse> {
    const first = await tokens.get();
    try {
      return await send({ Authorization: `Bearer ${first}` });
    } catch (error) {
      if (!isUnauthorizedError(error)) throw error;
      tokens.drop(first);
      return send({ Authorization: `Bearer ${await tokens.get()}` });
    }
  }

  const operation = (call: Send) => {
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
      const { data, response } = await (accessTokens && isSecured ? withAccessToken(accessTokens, send) : send({}));
      return { data, status: response.status, headers: response.headers, response };
    };
  };

  const calls = Object.entries(sdk).map(([id, call]) => {
    const send: Send = (client, input) => (call as unknown as (input: object) => Promise<GeneratedResult>)({ ...input, client });
    return [id as OperationId, operation(send)] as const;
  });
  const raw = Object.fromEntries(calls);
  const bare = Object.fromEntries(
    calls.map(([id, call]) => [id, async (input?: object) => (await call(input as CallOptions & Record<string, unknown>)).data]),
  );
  const lists = Object.fromEntries(Object.entries(bare).map(([id, list]) => [id, (input?: object) => iterateItems(list, input)]));
  const operations = bare as unknown as Operations;
  return {
    ...operations,
    raw: raw as unknown as RawOperations,
    pages: lists as unknown as Pages,
    waitForImport: (id, wait) =>
      waitForImport((signal) => operations.getApplicationImport({ path: { id }, ...(signal && { signal }) }), wait),
  };
}

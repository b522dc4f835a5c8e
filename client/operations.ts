import type * as sdk from '../generated/sdk.gen.ts';

type Sdk = typeof sdk;
export type OperationId = keyof Sdk;

/** Options of one call, in addition to the operation's parameters. */
export interface CallOptions {
  /** Aborts the call, which then throws the reason of the signal. */
  signal?: AbortSignal;
  /** Maximum duration of each attempt, in milliseconds. */
  timeoutMs?: number;
  /** Number of retries after a transient failure. */
  retries?: number;
  /** The server executes a POST only once for each key, even if it is sent several times. Default: a random key for each call. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
  /** How the body of a successful response is read. Default: by its media type. */
  parseAs?: 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream';
}

type Argument<Id extends OperationId> = NonNullable<Parameters<Sdk[Id]>[0]>;
type RequestParts<Id extends OperationId> = Pick<Argument<Id>, Extract<keyof Argument<Id>, 'body' | 'path' | 'query'>>;
/** The input of an operation: body, path and query, and the options of the call. */
export type Input<Id extends OperationId> = RequestParts<Id> & CallOptions;
type GeneratedResponse<Id extends OperationId> = Awaited<ReturnType<Sdk[Id]>>;
/** The body of an operation's successful response. */
export type Output<Id extends OperationId> = NonNullable<Extract<GeneratedResponse<Id>, { data: unknown }>['data']>;

type Call<Id extends OperationId, Result> =
  Record<string, never> extends RequestParts<Id> ? (input?: Input<Id>) => Promise<Result> : (input: Input<Id>) => Promise<Result>;

/** Every operation of the contract, by operationId. Each returns the response body. */
export type Operations = { [Id in OperationId]: Call<Id, Output<Id>> };
/** Every operation of the contract, by operationId. Each returns the body with status, headers and response. */
export type RawOperations = { [Id in OperationId]: Call<Id, { data: Output<Id>; status: number; headers: Headers; response: Response }> };

type ItemOf<Page> = Page extends { items: (infer Item)[] }
  ? Item
  : Page extends { data: (infer Item)[] }
    ? Item
    : Page extends (infer Item)[]
      ? Item
      : never;
/** The operations that return pages of a list. */
export type ListId = { [Id in OperationId]: [ItemOf<Output<Id>>] extends [never] ? never : Id }[OperationId];
/** Every list operation, by operationId. Each iterates over all items and requests pages as they are needed. */
export type Pages = {
  [Id in ListId]: Record<string, never> extends RequestParts<Id>
    ? (input?: Input<Id>) => AsyncGenerator<ItemOf<Output<Id>>, void, undefined>
    : (input: Input<Id>) => AsyncGenerator<ItemOf<Output<Id>>, void, undefined>;
};

import type * as sdk from '../generated/sdk.gen.ts';

type Sdk = typeof sdk;
export type OperationId = keyof Sdk;

/** What may be said of one call, beside what the operation takes. */
export interface CallOptions {
  /** Ends the call; its reason is thrown. */
  signal?: AbortSignal;
  /** How long each attempt may take, in milliseconds. */
  timeoutMs?: number;
  /** How many times a call that failed is tried again. */
  retries?: number;
  /** Under which the server does a POST once, however often it is sent; made by the client where it is left out. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
  /** How the body of a success is read; by its media type where it is left out. */
  parseAs?: 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream';
}

type Argument<Id extends OperationId> = NonNullable<Parameters<Sdk[Id]>[0]>;
type Taken<Id extends OperationId> = Pick<Argument<Id>, Extract<keyof Argument<Id>, 'body' | 'path' | 'query'>>;
/** What an operation takes: its body, its path and its query. */
export type Input<Id extends OperationId> = Taken<Id> & CallOptions;
type Answer<Id extends OperationId> = Awaited<ReturnType<Sdk[Id]>>;
/** What an operation answers with. */
export type Output<Id extends OperationId> = NonNullable<Extract<Answer<Id>, { data: unknown }>['data']>;

type Call<Id extends OperationId, Result> =
  Record<string, never> extends Taken<Id> ? (input?: Input<Id>) => Promise<Result> : (input: Input<Id>) => Promise<Result>;

/** Every operation of the contract, by its operationId; answers with the body. */
export type Operations = { [Id in OperationId]: Call<Id, Output<Id>> };
/** The same, answering with the body and the whole response. */
export type RawOperations = { [Id in OperationId]: Call<Id, { data: Output<Id>; status: number; headers: Headers; response: Response }> };

type ItemOf<Page> = Page extends { items: (infer Item)[] }
  ? Item
  : Page extends { data: (infer Item)[] }
    ? Item
    : Page extends (infer Item)[]
      ? Item
      : never;
/** The operations that answer with pages. */
export type ListId = { [Id in OperationId]: [ItemOf<Output<Id>>] extends [never] ? never : Id }[OperationId];
/** All items of a list, page after page, as they are asked for. */
export type Pages = {
  [Id in ListId]: Record<string, never> extends Taken<Id>
    ? (input?: Input<Id>) => AsyncGenerator<ItemOf<Output<Id>>, void, undefined>
    : (input: Input<Id>) => AsyncGenerator<ItemOf<Output<Id>>, void, undefined>;
};

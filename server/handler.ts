import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type * as sdk from '../generated/sdk.gen.ts';
import type { PermissionCatalog } from './access/permission-catalog.ts';
import type { AccessLevel, CredentialKind, Level, Permission, TokenRow } from './access/store/token-rows.ts';
import type { ImportFiles, UploadedFile } from './applications/import-files.ts';
import type { Db } from './database/database.ts';
import type { Instant } from './database/instants.ts';
import type { EnvironmentRow } from './organizations/store/environments.ts';
import type { Scope } from './organizations/store/scope.ts';

export type { ImportFiles, UploadedFile };

/** Every operationId in `openapi.yaml`. */
export type OperationId = Exclude<keyof typeof sdk, 'Options'>;

/** The authenticated principal of a request, with its scope and permissions. */
export interface Caller extends Scope {
  kind: CredentialKind;
  tokenId: string;
  tokenName: string;
  level: Level;
  accessLevel: AccessLevel;
  permissions: Permission[] | null;
  /** True in the organization that hosts the server: only its administrators create organizations. */
  isHost: boolean;
  /** The one environment that the call is about. */
  environmentId: string;
  /** SHA-256 of the secret that was sent. */
  secretHash: Buffer;
  /** When the caller ends, unless it is prolonged by another caller. Null means never. It may not create anything that ends later. */
  endsAt: Instant | null;
}

/** The credential that a call is recorded for. */
export type Actor = Pick<Caller, 'kind' | 'tokenId' | 'tokenName' | 'organizationId'>;

/** A reply with a document, or 304 if the client has it. Its body is ready to be sent. */
type DocumentReply = { headers: Record<string, string> } & ({ status: 200; body: Buffer } | { status: 304; body: undefined });
/** A document that does not change while the server runs: replies to a request with these headers. */
export type StaticDocument = (requestHeaders: IncomingHttpHeaders) => Promise<DocumentReply>;

export interface Context {
  /** Undefined for operations without security; handlers of secured operations use `callerOf`. */
  caller: Caller | undefined;
  db: Db;
  /** The database of the API log. A transaction of `db` does not include it. */
  logDb: Db;
  now: Date;
  importFiles: ImportFiles;
  /** Maximum number of imports of one environment that have not ended. */
  openImportsMax: number;
  /** Maximum number of tokens and access keys of one organization. */
  tokensMax: number;
  /** Maximum number of projects of one organization. */
  projectsMax: number;
  /** Maximum number of environments of one project. */
  environmentsMax: number;
  /** The 32-byte key, kept outside the database, for values that must be decrypted again. */
  secretKey: Buffer;
  permissionCatalog: PermissionCatalog;
  documents: Record<'yaml' | 'json' | 'withSamples' | 'page' | 'script', StaticDocument>;
  isStopping: () => boolean;
  /** Returns why a disk is too full to store files, and what to do; undefined if it is not. */
  diskShortage: () => string | undefined;
  /** Returns why calls cannot be stored in the API log; undefined if they can. */
  logFault: () => Promise<string | undefined>;
  /** The environment that the path names by its keys; undefined for other paths. */
  environment: EnvironmentRow | undefined;
  /**
   * Records the use of an access key, and counts it as one of the key's requests. Returns the rate limit headers of the response.
   *
   * For operations that authenticate without a token. Throws 429.
   */
  countUse: (credential: TokenRow) => Promise<Record<string, string>>;
}

/** One of the statuses that the contract declares, with its body. A text body may be streamed. A buffer is sent as it is. */
type Reply<Responses> = {
  [Status in keyof Responses]: {
    status: Status;
    body: Responses[Status] extends string | Blob ? string | Readable | Buffer : Responses[Status] | Buffer;
    headers?: Record<string, string>;
    /** For the API log, from operations that authenticate without a token. */
    actor?: Actor;
  };
}[keyof Responses];

/** The declared type of a part of the request; `unknown` if the contract declares none. */
type Given<Part> = [NonNullable<Part>] extends [never] ? unknown : NonNullable<Part>;

export type Handler<Data extends { body?: unknown; path?: unknown; query?: unknown; headers?: unknown }, Responses> = (
  request: {
    body: Given<Data['body']>;
    path: Given<Data['path']>;
    query: Given<Data['query']>;
    headers: Given<Data['headers']>;
    files: UploadedFile[];
  },
  context: Context,
) => Promise<Reply<Responses>>;

/** A reply of any handler, without its operation's types. */
export interface AnyReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  actor?: Actor;
}
// biome-ignore lint/suspicious/noExplicitAny: the map holds handlers of every shape.
export type Handlers = Record<OperationId, (request: any, context: Context) => Promise<AnyReply>>;

/** Returns the caller of a secured operation. */
export function callerOf(context: Context): Caller {
  if (!context.caller) throw new Error('This operation has no security, so it has no caller');
  return context.caller;
}

/** Returns the environment that the path of the operation names. */
export function environmentOf(context: Context): EnvironmentRow {
  if (!context.environment) throw new Error('The path of this operation names no environment');
  return context.environment;
}

/** Returns the name under which the caller's changes are recorded. */
export function actorNameOf(context: Context): string {
  const { kind, tokenName } = callerOf(context);
  return `${kind} - ${tokenName}`;
}

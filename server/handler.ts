import type { Readable } from 'node:stream';
import type * as sdk from '../generated/sdk.gen.ts';
import type { PermissionCatalog } from './access/permission-catalog.ts';
import type { AccessLevel, CredentialKind, Level, Permission, TokenRow } from './access/store/token-rows.ts';
import type { ImportFiles, UploadedFile } from './applications/import-files.ts';
import type { Db } from './database/database.ts';
import type { Scope } from './organizations/store/scope.ts';

/** Every operationId in `openapi.yaml`, as the generated client knows them. */
export type OperationId = Exclude<keyof typeof sdk, 'Options'>;

/** Who calls, with what rights, and the one environment this call is about. */
export interface Caller extends Scope {
  kind: CredentialKind;
  tokenId: string;
  tokenName: string;
  level: Level;
  accessLevel: AccessLevel;
  permissions: Permission[] | null;
  /** Whether the caller's is the organization that hosts the server, and may make others. */
  isHost: boolean;
  environmentId: string;
  /** Of the secret that was presented. */
  secretHash: Buffer;
}

/** Whose a call is. */
export type Actor = Pick<Caller, 'kind' | 'tokenId' | 'tokenName' | 'organizationId'>;

export interface Context {
  /** Only operations without security run with no caller; `callerOf` is for all others. */
  caller: Caller | undefined;
  db: Db;
  /** Where the API log is, which no transaction of `db` includes. */
  logDb: Db;
  now: Date;
  importFiles: ImportFiles;
  /** 32 bytes that encrypt what must be readable again, and are not in the database. */
  secretKey: Buffer;
  permissionCatalog: PermissionCatalog;
  contract: { yaml: string; json: string };
  isStopping: () => boolean;
  /** Tells the API log which environment the path names. */
  noteEnvironment: (environmentId: string) => void;
  /** Tells the API log, and the access key itself, that it was used, and counts it as a request. Throws 429. */
  noteUse: (key: TokenRow) => Promise<void>;
}

/** A status the contract declares, with the body it declares for that status; a text may also be streamed. */
export type Reply<Responses> = {
  [Status in keyof Responses]: {
    status: Status;
    body: Responses[Status] extends string | Blob ? string | Readable : Responses[Status];
    headers?: Record<string, string>;
  };
}[keyof Responses];

/** What the contract declares for a part of the request; what it does not declare is nothing to work with. */
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

/** What handlers promise one by one, seen from outside. */
export interface AnyReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}
// biome-ignore lint/suspicious/noExplicitAny: the map holds handlers of every shape.
export type Handlers = Record<OperationId, (request: any, context: Context) => Promise<AnyReply>>;

/** The caller of a secured operation, which the api has made sure of. */
export function callerOf(context: Context): Caller {
  if (!context.caller) throw new Error('This operation has no security, yet asks who calls');
  return context.caller;
}

/** The name under which a caller's doings are kept. */
export function actorNameOf(context: Context): string {
  const { kind, tokenName } = callerOf(context);
  return `${kind} - ${tokenName}`;
}

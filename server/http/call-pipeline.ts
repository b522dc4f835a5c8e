import type { IncomingMessage } from 'node:http';
import type { Authenticate } from '../access/authenticate.ts';
import { actorOf, callerOfToken, environmentHeader, environmentIdOf } from '../access/caller.ts';
import { createFieldRights } from '../access/field-rights.ts';
import type { LastUse } from '../access/last-use.ts';
import { authorize, type Needed } from '../access/permissions.ts';
import type { TokenRow } from '../access/store/token-rows.ts';
import type { UploadedFile } from '../applications/import-files.ts';
import { jsonText, type Known } from '../calls/api-log-row.ts';
import { ApiError, forbidden, invalid, methodNotAllowed, noSuchPath } from '../common/errors.ts';
import type { ContractOperation, ContractRouter } from '../contract/contract-router.ts';
import { parseQuery, type RequestValidation } from '../contract/request-validation.ts';
import { toFieldErrors } from '../contract/validation-messages.ts';
import type { Db } from '../database/database.ts';
import type { AnyReply, Caller, Context, Handlers, OperationId } from '../handler.ts';
import { once } from './idempotency.ts';
import type { LimitHeaders, RateLimits } from './rate-limits.ts';
import { checkMediaType, readJson } from './request-body.ts';
import { readUpload } from './uploads.ts';

export interface ApiCall {
  request: IncomingMessage;
  method: string;
  /** As it was sent, without the query. */
  path: string;
  querystring: string;
  address: string;
  /** Headers for the answer, whether it succeeds or fails. */
  headers: Record<string, string>;
  /** What the logs should know as soon as it is known. */
  note: (facts: Known & { operationId?: string }) => void;
}

export interface ApiParts {
  router: ContractRouter;
  validation: RequestValidation;
  handlers: Handlers;
  authenticate: Authenticate;
  rateLimits: RateLimits;
  lastUse: LastUse;
  uploadBytesMax: number;
  context: Omit<Context, 'caller' | 'now' | 'noteEnvironment' | 'noteUse'>;
  clock: () => Date;
}

const environmentForm = /^[!-.0-~]{1,100}\/[!-.0-~]{1,100}$/;
/** Longer than a body takes that is sent as fast as it can be. */
const readingMsMax = 1_000;
const json = 'application/json';
const multipart = 'multipart/form-data';
/** Whether an operation authenticates by something else than a token, and by what. */
const isAuthentication = (operation: ContractOperation) => 'x-authenticates' in operation;
const isSecured = (operation: ContractOperation) => (operation.security ?? []).length > 0;
const permissionOf = (operation: ContractOperation) => (operation as { 'x-permission'?: Needed })['x-permission'];
/** Whether an operation is about one environment, which a header may name. */
const isOfEnvironment = ({ parameters = [] }: ContractOperation) =>
  (parameters as { name: string }[]).some(({ name }) => name === environmentHeader);
/** Whether calls of an operation are in the API log: all but those about the process itself. */
const isLogged = ({ tags = [] }: ContractOperation) => !tags.includes('System');
const bodyTypeOf = (operation: ContractOperation) =>
  Object.keys((operation.requestBody as { content?: object } | undefined)?.content ?? {})[0];

/**
 * Answers calls as `openapi.yaml` says: operation, caller, right, body, validation, handler, in this order, each step refusing for all that follow.
 *
 * Throws at the start for an operation without handler, or one with security and no `x-permission`.
 */
export function createApi(parts: ApiParts): (call: ApiCall) => Promise<AnyReply> {
  const { router, validation, handlers, authenticate, rateLimits, lastUse, context, clock } = parts;
  const fieldRights = createFieldRights(context.permissionCatalog);
  for (const operation of router.getOperations()) {
    if (!handlers[operation.operationId as OperationId]) throw new Error(`${operation.operationId} has no handler`);
    if (isSecured(operation) && !permissionOf(operation)) throw new Error(`${operation.operationId} has no x-permission`);
  }

  function match({ path, method, note }: ApiCall) {
    let found: ReturnType<ContractRouter['matchPath']>;
    try {
      found = router.matchPath(path);
    } catch {
      throw invalid({ field: 'path', message: 'Has a % that is not followed by two hexadecimal digits of UTF-8 text' });
    }
    if (!found) throw noSuchPath();
    const operation = found.operations.get(method === 'HEAD' ? 'get' : method.toLowerCase());
    if (operation) return { operation, params: found.params };
    if ([...found.operations.values()].every(isLogged)) note({ operation: null });
    const allow = [...found.operations.keys()].map((name) => name.toUpperCase());
    throw methodNotAllowed(method, allow.includes('GET') ? [...allow, 'HEAD'] : allow);
  }

  const tell = (call: ApiCall, limit: LimitHeaders) => Object.assign(call.headers, limit);

  /** Does what may end in a 401, which is counted by address, and logged under whom it is known to be about. */
  async function authenticating<Result>(call: ApiCall, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      // Whatever is answered before anything is counted tells of the limit as well.
      tell(call, rateLimits.failures.look(call.address));
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const { knownAs } = error as { knownAs?: TokenRow };
      if (knownAs) call.note({ caller: actorOf(knownAs) });
      tell(call, await rateLimits.failures.count(call.address));
      throw error;
    }
  }

  async function identify(call: ApiCall, operation: ContractOperation, now: Date): Promise<Caller> {
    const { request, note } = call;
    const token = await authenticating(call, () => authenticate(request, now));
    const caller = callerOfToken(token);
    note({ caller });
    lastUse.record(token.id, now);
    tell(call, await rateLimits.requests.count(token.id));
    authorize(permissionOf(operation) as Needed, caller);
    if (!isOfEnvironment(operation)) return caller;
    const named = request.headers[environmentHeader.toLowerCase()] as string | undefined;
    if (named !== undefined && !environmentForm.test(named))
      throw invalid({ field: environmentHeader, message: 'Must be projectKey/environmentKey' });
    const environmentId = await environmentIdOf(context.db, token, named);
    note({ environmentId });
    return { ...caller, environmentId };
  }

  async function readBody(request: IncomingMessage, operation: ContractOperation): Promise<{ body: unknown; files: UploadedFile[] }> {
    const type = bodyTypeOf(operation);
    if (type === undefined) return { body: undefined, files: [] };
    checkMediaType(request, type);
    if (type === json) return { body: await readJson(request), files: [] };
    if (type === multipart) return readUpload(request, context.importFiles, parts.uploadBytesMax);
    throw new Error(`No operation reads ${type} yet`);
  }

  async function answer(call: ApiCall, { operation, params }: ReturnType<typeof match>): Promise<AnyReply> {
    const begunAt = clock();
    let caller = isSecured(operation) ? await identify(call, operation, begunAt) : undefined;
    const begun = performance.now();
    const { body, files } = await readBody(call.request, operation);
    const isSlow = performance.now() - begun > readingMsMax;
    const now = isSlow ? clock() : begunAt;
    // Before validation fills in what was left out. What nobody known sends is kept only once it is known to be small.
    const noteBody = () => call.note(bodyTypeOf(operation) === json ? { bodyText: jsonText(body) } : { files });
    if (caller) noteBody();
    let isHandled = false;
    try {
      // Whoever was let in at the first byte may have lost its rights before the last.
      if (caller && isSlow) caller = await identify(call, operation, now);
      const parameters = { path: params, query: parseQuery(call.querystring), header: call.request.headers, cookie: {} };
      const sent = { query: parameters.query, body, fileParts: files.map(({ part }) => part) };
      const fieldFault = fieldRights.faultOf(operation, caller?.permissions, sent);
      const errors = validation.validate(operation, body === undefined ? parameters : { ...parameters, requestBody: body });
      if (errors.length > 0) throw invalid(...toFieldErrors(errors));
      if (!caller) noteBody();
      if (fieldFault) throw forbidden(fieldFault);
      const handler = handlers[operation.operationId as OperationId];
      const noteEnvironment = (environmentId: string) => call.note({ environmentId });
      const noteUse = async (key: TokenRow) => {
        call.note({ caller: actorOf(key) });
        lastUse.record(key.id, now);
        tell(call, await rateLimits.requests.count(key.id));
      };
      const given = { ...context, caller, now, noteEnvironment, noteUse };
      const handle = (db: Db) =>
        handler({ body, path: params, query: parameters.query, headers: parameters.header, files }, { ...given, db });
      const key = call.request.headers['idempotency-key'];
      const isKeyed = caller && key !== undefined && operation.method === 'post';
      const contentOf = () => [
        operation.operationId,
        [caller?.environmentId, caller?.accessLevel, caller?.permissions],
        params,
        parameters.query,
        body,
        files.map(({ part, name, sha256 }) => [part, name, sha256]),
      ];
      const keyed = () => ({ key: String(key), tokenId: caller?.tokenId as string, secretKey: context.secretKey, content: contentOf() });
      const reply = isKeyed ? await once(context.db, now, keyed(), handle) : await handle(context.db);
      isHandled = reply.headers?.['Idempotency-Replayed'] === undefined;
      return fieldRights.present(operation, caller?.permissions, reply);
    } finally {
      if (!isHandled) await Promise.all(files.map((file) => context.importFiles.remove(file.id)));
    }
  }

  return async (call) => {
    const matched = match(call);
    const { operation } = matched;
    const operationId = operation.operationId as string;
    call.note(isLogged(operation) ? { operationId, operation: operationId } : { operationId });
    if (call.request.httpVersion === '1.1' && !call.request.headers.host) throw invalid({ field: 'Host', message: 'Is required' });
    const work = () => answer(call, matched);
    return isAuthentication(operation) ? authenticating(call, work) : work();
  };
}

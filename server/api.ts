import type { IncomingMessage } from 'node:http';
import type { Authenticate } from './auth.ts';
import { checkMediaType, readJson } from './bodies.ts';
import type { Contract } from './contract.ts';
import { type ContractOperation, ContractRouter } from './contract-router.ts';
import { ApiError, invalid, methodNotAllowed, noSuchPath } from './errors.ts';
import { toFieldErrors } from './field-errors.ts';
import { once } from './idempotency.ts';
import { callerOfToken, environmentHeader, environmentIdOf } from './identify.ts';
import type { UploadedFile } from './import-files.ts';
import type { LastUse } from './last-use.ts';
import { jsonText, type Known } from './logged-call.ts';
import type { AnyReply, Caller, Context, Handlers, OperationId } from './operation.ts';
import { authorize, type Needed } from './permissions.ts';
import type { LimitHeaders, RateLimits } from './rate-limit.ts';
import { createRequestValidation } from './request-validation.ts';
import type { Db } from './store/database.ts';
import type { TokenByHash } from './store/tokens.ts';
import { readUpload } from './uploads.ts';

export interface ApiCall {
  request: IncomingMessage;
  method: string;
  /** As it was sent, without the query. */
  path: string;
  querystring: string;
  address: string;
  /** Headers for the answer, whether it succeeds or fails. */
  setHeader: (name: string, value: string) => void;
  /** What the logs should know as soon as it is known. */
  note: (facts: Known & { operationId?: string }) => void;
}

export interface ApiParts {
  contract: Contract;
  handlers: Handlers;
  authenticate: Authenticate;
  rateLimits: RateLimits;
  lastUse: LastUse;
  uploadBytesMax: number;
  context: Omit<Context, 'caller' | 'now' | 'noteEnvironment'>;
  clock: () => Date;
}

const environmentForm = /^[!-.0-~]{1,100}\/[!-.0-~]{1,100}$/;
const json = 'application/json';
const multipart = 'multipart/form-data';
const isSecured = (operation: ContractOperation) => (operation.security ?? []).length > 0;
const permissionOf = (operation: ContractOperation) => (operation as { 'x-permission'?: Needed })['x-permission'];
/** Whether an operation is about one environment, which a header may name. */
const isOfEnvironment = ({ parameters = [] }: ContractOperation) =>
  (parameters as { name: string }[]).some(({ name }) => name === environmentHeader);
/** Whether calls of an operation are in the API log: all but those about the process itself. */
const isLogged = ({ tags = [] }: ContractOperation) => !tags.includes('System');
const bodyTypeOf = (operation: ContractOperation) =>
  Object.keys((operation.requestBody as { content?: object } | undefined)?.content ?? {})[0];

/** Repeated parameters become a list, which no parameter of ours takes: validation then names them. */
function parseQuery(querystring: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  const given = new URLSearchParams(querystring);
  for (const name of new Set(given.keys())) {
    const values = given.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}

/**
 * Answers calls as `openapi.yaml` says: operation, caller, right, body, validation, handler, in this order, each step refusing for all that follow.
 *
 * Throws at the start for a contract that it could not keep: an operation without handler, or one with security and no `x-permission`.
 */
export function createApi(parts: ApiParts): (call: ApiCall) => Promise<AnyReply> {
  const { contract, handlers, authenticate, rateLimits, lastUse, context, clock } = parts;
  const router = new ContractRouter(contract.definition);
  const validate = createRequestValidation(contract.definition, router);
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

  async function identify({ request, address, setHeader, note }: ApiCall, operation: ContractOperation, now: Date): Promise<Caller> {
    const tell = (headers: LimitHeaders) => {
      for (const [name, value] of Object.entries(headers)) setHeader(name, value);
    };
    // For answers that come before anything is counted.
    tell(rateLimits.failures.look(address));
    let token: TokenByHash;
    try {
      token = await authenticate(request, now);
    } catch (error) {
      const { knownAs } = error as { knownAs?: TokenByHash };
      if (knownAs) note({ caller: callerOfToken(knownAs) });
      if (error instanceof ApiError) tell(await rateLimits.failures.count(address));
      throw error;
    }
    const caller = callerOfToken(token);
    note({ caller });
    lastUse.record(token.id, now);
    tell(await rateLimits.requests.count(token.id));
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

  return async (call) => {
    const now = clock();
    const { operation, params } = match(call);
    const operationId = operation.operationId as string;
    call.note(isLogged(operation) ? { operationId, operation: operationId } : { operationId });
    if (call.request.httpVersion === '1.1' && !call.request.headers.host) throw invalid({ field: 'Host', message: 'Is required' });
    const caller = isSecured(operation) ? await identify(call, operation, now) : undefined;

    const { body, files } = await readBody(call.request, operation);
    // Before validation fills in what was left out.
    call.note(bodyTypeOf(operation) === json ? { bodyText: jsonText(body) } : { files });
    let isHandled = false;
    try {
      const parameters = { path: params, query: parseQuery(call.querystring), header: call.request.headers, cookie: {} };
      const errors = validate(operation, body === undefined ? parameters : { ...parameters, requestBody: body });
      if (errors.length > 0) throw invalid(...toFieldErrors(errors));
      const handler = handlers[operation.operationId as OperationId];
      const noteEnvironment = (environmentId: string) => call.note({ environmentId });
      const given = { ...context, caller, now, noteEnvironment };
      const handle = (db: Db) => handler({ body, path: params, query: parameters.query, files }, { ...given, db });
      const key = call.request.headers['idempotency-key'];
      const isKeyed = caller && key !== undefined && operation.method === 'post';
      const contentOf = () => [
        operation.operationId,
        caller?.environmentId,
        params,
        parameters.query,
        body,
        files.map(({ part, name, sha256 }) => [part, name, sha256]),
      ];
      const keyed = () => ({ key: String(key), tokenId: caller?.tokenId as string, secretKey: context.secretKey, content: contentOf() });
      const reply = isKeyed ? await once(context.db, now, keyed(), handle) : await handle(context.db);
      isHandled = reply.headers?.['Idempotency-Replayed'] === undefined;
      return reply;
    } finally {
      if (!isHandled) await Promise.all(files.map((file) => context.importFiles.remove(file.id)));
    }
  };
}

import type { Authenticate } from '../access/authenticate.ts';
import { environmentHeader, environmentIdOf, environmentOfPath } from '../access/call-environment.ts';
import { actorOfError, callerOfToken } from '../access/caller.ts';
import type { LastUse } from '../access/last-use.ts';
import { authorize as checkPermission, type RequiredPermission } from '../access/permissions.ts';
import { invalid, toApiError, unavailable } from '../common/errors.ts';
import type { ContractOperation } from '../contract/contract-router.ts';
import type { Caller, Context } from '../handler.ts';
import { type CallProgress, StoppedCall, step, stoppedAt } from './call.ts';
import { recordKnownCaller } from './connections.ts';
import type { MatchedCall } from './match-operation.ts';
import type { LimitHeaders, RateLimits } from './rate-limits.ts';

export interface TimedCall extends MatchedCall {
  /** The time that all steps of the call use. */
  now: Date;
}
export interface IdentifiedCall extends TimedCall {
  /** Undefined for an operation without security. */
  caller: Caller | undefined;
  limitHeaders?: LimitHeaders;
  environmentId?: string;
}

const environmentForm = /^[!-.0-~]{1,100}\/[!-.0-~]{1,100}$/;

export const isSecured = ({ security = [] }: ContractOperation) => security.length > 0;
/** Tells whether an operation authenticates without a token, for instance by the HMAC of an access key. */
const authenticatesWithoutToken = (operation: ContractOperation) => 'x-authenticates' in operation;
export const permissionOf = (operation: ContractOperation) => (operation as { 'x-permission'?: RequiredPermission })['x-permission'];
const storesFiles = (operation: ContractOperation) => 'x-stores-files' in operation;
const takesEnvironmentHeader = ({ parameters = [] }: ContractOperation) =>
  (parameters as { name: string }[]).some(({ name }) => name === environmentHeader);

interface IdentifyParts {
  authenticate: Authenticate;
  rateLimits: RateLimits;
  lastUse: LastUse;
  context: Pick<Context, 'db' | 'diskShortage'>;
}

/** Creates the steps that authenticate and authorize the caller and find the environment. */
export function createIdentify({ authenticate, rateLimits, lastUse, context }: IdentifyParts) {
  /**
   * Runs work that may end in a 401. Adds the rate limit headers of the address to every failure. Counts a 401, and throws 429 instead if there
   * were too many.
   */
  async function countFailures<Result>(call: CallProgress, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (thrown) {
      const { progress, error: cause } = stoppedAt(call, thrown);
      const error = toApiError(cause);
      const limitHeaders = rateLimits.failures.look(call.address);
      const known = { ...progress, limitHeaders, actor: actorOfError(cause) ?? progress.actor };
      if (error.status !== 401) throw new StoppedCall(known, error);
      throw new StoppedCall(await step(known, async () => ({ limitHeaders: await rateLimits.failures.take(call.address) })), error);
    }
  }

  const authenticateCaller = (call: TimedCall) =>
    countFailures(call, async () => {
      const token = await authenticate(call.request, call.now);
      const caller = callerOfToken(token);
      recordKnownCaller(call.request.socket);
      return { token, caller, actor: caller };
    });

  const countRequest = async ({ token, now }: TimedCall & { token: { id: string } }) => {
    lastUse.record(token.id, now);
    return { limitHeaders: await rateLimits.requests.take(token.id) };
  };

  const authorize = ({ contractOperation, caller }: TimedCall & { caller: Caller }) => {
    checkPermission(permissionOf(contractOperation) as RequiredPermission, caller);
    return undefined;
  };

  /** Refuses an operation that stores files if the disk is too full, before a body is read. */
  const requireDisk = ({ contractOperation }: TimedCall): undefined => {
    const shortage = storesFiles(contractOperation) ? context.diskShortage() : undefined;
    if (shortage) throw unavailable(shortage);
  };

  async function chooseEnvironment(call: TimedCall & Awaited<ReturnType<typeof authenticateCaller>>) {
    const { contractOperation, caller, token, request } = call;
    if (!takesEnvironmentHeader(contractOperation)) return { caller };
    const named = request.headers[environmentHeader.toLowerCase()] as string | undefined;
    if (named !== undefined && !environmentForm.test(named))
      throw invalid({ field: environmentHeader, message: 'Must be projectKey/environmentKey' });
    const environmentId = await environmentIdOf(context.db, token, named);
    return { environmentId, caller: { ...caller, environmentId } };
  }

  /** Authenticates, counts and authorizes the caller of a secured operation. Throws 400, 401, 403, 404, 429. */
  async function identify<Call extends TimedCall>(call: Call): Promise<Call & IdentifiedCall> {
    if (!isSecured(call.contractOperation)) return { ...call, caller: undefined };
    const authenticated = await step(call, authenticateCaller);
    const counted = await step(authenticated, countRequest);
    const authorized = await step(counted, authorize);
    const checked = await step(authorized, requireDisk);
    return step(checked, chooseEnvironment);
  }

  /** Finds the environment that a path names by its keys. Throws 404 for one outside the caller's scope. */
  async function findEnvironment({
    caller,
    params: { projectKey, environmentKey },
  }: IdentifiedCall): Promise<(Pick<Context, 'environment'> & { environmentId?: string }) | undefined> {
    if (!caller || projectKey === undefined || environmentKey === undefined) return undefined;
    const environment = await environmentOfPath(context.db, caller, projectKey, environmentKey);
    return { environment, environmentId: environment.id };
  }

  return {
    identify,
    findEnvironment,
    /** For an operation without token authentication, counts failures. For others, only runs `work`. */
    watchFailures: <Result>(call: MatchedCall, work: () => Promise<Result>) =>
      authenticatesWithoutToken(call.contractOperation) ? countFailures(call, work) : work(),
  };
}

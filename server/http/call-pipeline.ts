import type { Authenticate } from '../access/authenticate.ts';
import { createFieldRights } from '../access/field-rights.ts';
import type { LastUse } from '../access/last-use.ts';
import { mayBeStored } from '../common/errors.ts';
import type { Log } from '../common/process-log.ts';
import type { ContractRouter } from '../contract/contract-router.ts';
import type { RequestValidation } from '../contract/request-validation.ts';
import type { Handlers, OperationId } from '../handler.ts';
import { type CallProgress, type ReceivedCall, step, stoppedAt } from './call.ts';
import { createHandle, type SharedContext } from './handle-call.ts';
import { createIdentify, isSecured, permissionOf } from './identify-call.ts';
import type { HttpLimits } from './limits.ts';
import { createMatch, type MatchedCall, requireHost } from './match-operation.ts';
import type { RateLimits } from './rate-limits.ts';
import { createReadInput, createValidate } from './read-input.ts';
import { createRemoveFiles } from './remove-files.ts';
import { type WrittenReply, writeReply } from './response.ts';

export interface PipelineParts {
  router: ContractRouter;
  validation: RequestValidation;
  handlers: Handlers;
  authenticate: Authenticate;
  rateLimits: RateLimits;
  lastUse: LastUse;
  uploadBytesMax: number;
  limits: HttpLimits;
  context: SharedContext;
  clock: () => Date;
}

export interface RepliedCall extends CallProgress {
  written: WrittenReply;
}

/** Throws at the start for an operation without a handler, or one with security and no `x-permission`. */
function checkOperations({ router, handlers }: PipelineParts): void {
  for (const operation of router.getOperations()) {
    if (!handlers[operation.operationId as OperationId]) throw new Error(`${operation.operationId} has no handler`);
    if (isSecured(operation) && !permissionOf(operation)) throw new Error(`${operation.operationId} has no x-permission`);
  }
}

/**
 * Handles calls as `openapi.yaml` describes them, one named step after the other. Each step takes what the earlier ones returned.
 *
 * Rejects with a `StoppedCall` when a step refuses the call. Files of a refused upload are removed.
 */
export function createCallPipeline(parts: PipelineParts, log: Log): (received: ReceivedCall) => Promise<RepliedCall> {
  checkOperations(parts);
  const { context, clock } = parts;
  const fieldRights = createFieldRights(context.permissionCatalog, parts.router.getOperations());
  const match = createMatch(parts.router);
  const { identify, findEnvironment, watchFailures } = createIdentify(parts);
  const readInput = createReadInput(parts);
  const validate = createValidate(parts.validation, fieldRights);
  const removeFiles = createRemoveFiles(context.importFiles, log);
  const handle = createHandle(parts, removeFiles);

  /** Handles a call. Throws errors that reveal only what the caller may read. */
  const handleOrRefuse: typeof handle = (call) =>
    handle(call).catch((thrown) => {
      throw fieldRights.neutralRefusal(call.contractOperation, call.caller?.permissions, thrown);
    });

  async function runSteps(matched: MatchedCall): Promise<RepliedCall> {
    // Each part is a step, also one that consists of steps: whatever throws, the call that stops keeps its files, its body and its caller.
    const identified = await step({ ...matched, now: clock() }, identify);
    const read = await step(identified, readInput);
    // A caller may lose its rights while it sends a slow body.
    const current = read.isSlow ? await step(read, identify) : read;
    const valid = await step(current, validate);
    const located = await step(valid, findEnvironment);
    const handled = await step(located, handleOrRefuse);
    return step(handled, ({ contractOperation, caller, reply }) => ({
      written: writeReply(fieldRights.reduceReply(contractOperation, caller?.permissions, reply)),
    }));
  }

  return async (received) => {
    try {
      const matched = await step(received, match);
      const addressed = await step(matched, requireHost);
      const replied = await watchFailures(addressed, () => runSteps(addressed));
      replied.releaseBody?.();
      return replied;
    } catch (thrown) {
      const stopped = stoppedAt(received, thrown);
      const { isHandled, files = [], releaseBody } = stopped.progress;
      releaseBody?.();
      // If an import may have the files, the job that deletes unused files decides.
      if (!isHandled && !mayBeStored(stopped.error)) await removeFiles(files);
      throw stopped;
    }
  };
}

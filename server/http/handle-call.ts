import { Readable } from 'node:stream';
import type { LastUse } from '../access/last-use.ts';
import type { Actor, AnyReply, Caller, Context, Handlers, OperationId } from '../handler.ts';
import { runOnce } from './idempotency.ts';
import type { HttpLimits } from './limits.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ReadCall } from './read-input.ts';
import type { RemoveFiles } from './remove-files.ts';
import { createSlots } from './slots.ts';

interface ValidCall extends ReadCall {
  environment?: Context['environment'];
}

/** The part of a handler's context that is the same for all calls. */
export type SharedContext = Omit<Context, 'caller' | 'now' | 'environment' | 'countUse'>;

interface HandleParts {
  handlers: Handlers;
  rateLimits: RateLimits;
  lastUse: LastUse;
  context: SharedContext;
  limits: HttpLimits;
}

/** The parts of a request that must be equal when its `Idempotency-Key` is sent again. */
const contentOf = ({ operationId, caller, params, query, body, files }: ValidCall) => [
  operationId,
  [caller?.environmentId, caller?.accessLevel, caller?.permissions],
  params,
  query,
  body,
  files.map(({ part, name, sha256 }) => [part, name, sha256]),
];

/** Calls the operation's handler, once for each `Idempotency-Key`. Limits the streams that are sent at the same time. */
export function createHandle({ handlers, rateLimits, lastUse, context, limits }: HandleParts, removeFiles: RemoveFiles) {
  const takeDownloadSlot = createSlots({
    noun: 'downloads',
    max: limits.downloadsMax,
    perOrganizationMax: limits.downloadsPerOrganizationMax,
    perCallerMax: limits.downloadsPerCallerMax,
  });
  const countDownload = (stream: Readable, caller: Caller) => {
    try {
      stream.once('close', takeDownloadSlot(caller));
    } catch (error) {
      stream.destroy();
      throw error;
    }
  };
  const run = (call: ValidCall): Promise<AnyReply> => {
    const { operationId, request, params, query, body, files, caller, now, environment } = call;
    const countUse: Context['countUse'] = (credential) => {
      lastUse.record(credential.id, now);
      return rateLimits.requests.take(credential.id);
    };
    const handle = (db: Context['db']) =>
      handlers[operationId as OperationId](
        { body, path: params, query, headers: request.headers, files },
        { ...context, db, caller, now, environment, countUse },
      );
    const key = request.headers['idempotency-key'];
    if (!caller || key === undefined || call.method !== 'POST') return handle(context.db);
    const keyed = { key: String(key), tokenId: caller.tokenId, secretKey: context.secretKey, content: contentOf(call) };
    return runOnce(context.db, now, keyed, handle);
  };

  return async (call: ValidCall): Promise<{ reply: AnyReply; isHandled: true; actor?: Actor }> => {
    const reply = await run(call);
    if (reply.body instanceof Readable && call.caller) countDownload(reply.body, call.caller);
    // A replay does not run the handler, so no import uses the files that were sent with it.
    if (reply.headers?.['Idempotency-Replayed']) await removeFiles(call.files);
    return { reply, isHandled: true, ...(reply.actor && { actor: reply.actor }) };
  };
}

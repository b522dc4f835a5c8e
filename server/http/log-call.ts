import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ApiLog } from '../calls/api-log.ts';
import { loggedPath, logRowOf } from '../calls/api-log-row.ts';
import { toApiError, toErrorBody, unavailable } from '../common/errors.ts';
import { type Log, withoutRedaction } from '../common/process-log.ts';
import type { Redaction } from '../common/redaction/redaction.ts';
import type { CallProgress, ReceivedCall } from './call.ts';
import type { RepliedCall } from './call-pipeline.ts';
import { countedAddress } from './client-address.ts';
import { presentedSecrets } from './presented-secrets.ts';
import { type WrittenReply, writeReply } from './response.ts';
import type { UnknownLines } from './unknown-lines.ts';

export interface CallLogParts {
  apiLog: ApiLog;
  log: Log;
  redaction: Redaction;
  unknownLines: UnknownLines;
  /** Returns the custom fields of an organization that have the name of a secret. */
  secretCustomFields: (organizationId: string) => Promise<string[]>;
}

/** A call with the reply to send. */
interface StoredCall extends RepliedCall {
  /** False for a call of an unknown caller that is only counted. */
  hasLine: boolean;
}

const customField = '"customField';

/** Creates the steps that log a call: one line of the process log, one row of the API log. */
export function createCallLogs({ apiLog, log, redaction, unknownLines, secretCustomFields }: CallLogParts) {
  const callLines = withoutRedaction(log);
  const redactionOf = ({ request }: CallProgress) => redaction.alsoHiding({ texts: presentedSecrets(request.headers) });

  /** Returns the fields of a call that lines of the process log carry. The path is redacted: it may hold a secret by mistake. */
  const lineOf = (call: CallProgress) => ({
    correlationId: call.correlationId,
    method: call.method,
    path: loggedPath(call, call.actor !== undefined, redactionOf(call)),
    operationId: call.operationId,
    tokenId: call.actor?.tokenId,
  });

  /** Returns the redaction for a call's row, which also knows the custom fields of the caller's organization. */
  async function rowRedactionOf(call: RepliedCall, responseText: string | undefined): Promise<Redaction> {
    const { actor, bodyText } = call;
    const hasCustomFields = actor && (bodyText?.includes(customField) || responseText?.includes(customField));
    return hasCustomFields ? redactionOf(call).alsoHiding({ names: await secretCustomFields(actor.organizationId) }) : redactionOf(call);
  }

  /** Converts the error that stopped a call to a reply in the common error format. Logs errors that are the server's fault with their cause. */
  function writeError(progress: CallProgress, thrown: unknown): WrittenReply {
    const error = toApiError(thrown);
    const hasLine = error.status >= 500 && (progress.actor !== undefined || unknownLines.allows('faults', progress.address));
    if (hasLine) log.error({ ...lineOf(progress), err: error.cause ?? error }, error.message);
    return writeReply({ status: error.status, body: toErrorBody(error, progress.correlationId), headers: error.headers });
  }

  /** Stores or counts a call. Resolves to whether it has a row of its own. */
  async function addToLog(call: RepliedCall): Promise<boolean> {
    const { written, actor, correlationId, receivedAt: time, method, path, querystring: query, address } = call;
    const { status } = written;
    const responseText = written.isJson && method !== 'HEAD' ? (written.body as string) : undefined;
    const durationMs = Math.round(performance.now() - call.startedMs);
    const facts = { correlationId, time, method, path, query, address, durationMs, status, responseText };
    if (actor && status !== 401 && status !== 429) {
      await apiLog.append(logRowOf(facts, call, await rowRedactionOf(call, responseText)));
      return true;
    }
    const source = actor?.tokenId ?? countedAddress(address);
    const makeRow = () => logRowOf(facts, call, redactionOf(call));
    return apiLog.appendOrCount({ time, source, isUnknown: actor === undefined, status, makeRow });
  }

  /**
   * Stores a call in the API log before its response is sent, or counts it. Returns the reply to send: 503 in place of a reply that could not be
   * logged, or whose stream has failed meanwhile.
   */
  async function storeCall(call: RepliedCall): Promise<StoredCall> {
    const { written } = call;
    const hasLineWithoutRow = () => call.actor !== undefined || unknownLines.allows('calls', call.address);
    if (call.loggedOperationId === undefined) return { ...call, hasLine: hasLineWithoutRow() };
    const stream = written.body instanceof Readable ? written.body : undefined;
    let failure: unknown;
    // The stream may fail before the response listens to it.
    stream?.on('error', (error) => {
      failure = error;
    });
    let hasLine: boolean;
    try {
      hasLine = await addToLog(call);
    } catch (error) {
      stream?.destroy();
      hasLine = hasLineWithoutRow();
      failure =
        toApiError(error).status === 503
          ? error
          : unavailable(
              "The call can't be stored in the API log, so its response is not sent; check whether it took effect before you try again",
              error,
            );
    }
    return { ...call, hasLine, written: failure === undefined ? written : writeError(call, failure) };
  }

  /** Logs the call's line once the response is closed and the reply is known, also if the client disconnected early. Counted calls have none. */
  function logLine(received: ReceivedCall, response: ServerResponse, storing: Promise<StoredCall>): void {
    response.once('close', () => {
      const milliseconds = Math.round(performance.now() - received.startedMs);
      const { headersSent, statusCode, writableFinished } = response;
      const outcome = { status: headersSent ? statusCode : undefined, aborted: writableFinished ? undefined : true, milliseconds };
      void storing.then((call) => {
        if (call.hasLine) callLines.info({ ...lineOf(call), ...outcome }, 'call');
      });
    });
  }

  return { writeError, storeCall, logLine };
}

import { toInstant } from '../database/instants.ts';
import type { Actor } from '../handler.ts';
import { packText } from './compressed-text.ts';
import { redactJson, redactQuery, redactText } from './redact.ts';
import type { LogRow } from './store/api-log.ts';

/** An uploaded file as the log describes it. */
interface SentFile {
  part: string;
  name: string;
  bytes: number;
  sha256: Buffer;
}

/** What becomes known of a call step by step, and stays known when a later step refuses it. */
export interface Known {
  /** Null for a method that a path does not have; undefined as long as the call belongs to no operation that is logged. */
  operation?: string | null;
  caller?: Actor;
  environmentId?: string;
  /** What was sent as JSON. */
  bodyText?: string | undefined;
  files?: SentFile[];
}

interface Call {
  correlationId: string;
  time: Date;
  method: string;
  path: string;
  query: string;
  address: string;
  durationMs: number;
  status: number;
  /** Undefined where there was none, or none in JSON. */
  responseText: string | undefined;
}

const nothing = { bytes: null, isCut: false };

/** Undefined for what is nested too deeply to be written, or read again to look for secrets in it: nothing of that is kept. */
function unlessTooDeep(work: () => string | undefined): string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
export const jsonText = (value: unknown): string | undefined => unlessTooDeep(() => JSON.stringify(value));

function packJson(text: string | undefined): { bytes: Buffer | null; isCut: boolean } {
  const json = text && unlessTooDeep(() => redactJson(text));
  return json === undefined ? nothing : packText(json);
}

/** The row that a call leaves in the API log, without secrets. */
export function logRowOf(call: Call, { operation = null, caller, environmentId, bodyText, files = [] }: Known): LogRow {
  // Anybody may send these: what nobody known sends must not fill the log.
  const [textMax, queryMax] = caller ? [2000, 20_000] : [500, 500];
  const request = packJson(caller && bodyText);
  const response = packJson(call.responseText);
  return {
    organization_id: caller?.organizationId ?? '',
    id: call.correlationId,
    called_at: toInstant(call.time),
    actor_kind: caller?.kind ?? null,
    actor_id: caller?.tokenId ?? null,
    actor_name: caller ? redactText(caller.tokenName) : null,
    operation,
    method: call.method.slice(0, 20),
    path: redactText(call.path).slice(0, textMax),
    query: redactQuery(call.query).slice(0, queryMax),
    status: call.status,
    duration_ms: call.durationMs,
    client_address: call.address.slice(0, 100),
    environment_id: environmentId ?? null,
    request_body: request.bytes,
    request_is_cut: request.isCut,
    response_body: response.bytes,
    response_is_cut: response.isCut,
    files: files.map(({ part, name, bytes, sha256 }) => ({
      part: redactText(part),
      name: redactText(name),
      bytes,
      sha256: sha256.toString('hex'),
    })),
  };
}

import type { Redaction } from '../common/redaction/redaction.ts';
import { toInstant } from '../database/instants.ts';
import type { Actor } from '../handler.ts';
import { packText } from './compressed-text.ts';
import { startOfJson } from './start-of-json.ts';
import type { LogRow } from './store/api-log.ts';

/** An uploaded file, which the log describes but does not store. */
interface SentFile {
  part: string;
  name: string;
  bytes: number;
  sha256: Buffer;
}

/** Facts about a call besides its request line and response. A member is undefined if the call ended before the server knew it. */
export interface LogFacts {
  /** The operationId. Null for a method that the path does not have; undefined for a call that the log leaves out. */
  loggedOperationId?: string | null;
  /** The credential that the call used, or tried to use. */
  actor?: Actor | undefined;
  environmentId?: string;
  /** The JSON body as sent. */
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
  /** The response body. Undefined if there is none or if it is not JSON. */
  responseText: string | undefined;
}

const knownCallerLimits = { textMax: 2000, queryMax: 20_000 };
/** Shorter, because anyone can send such calls and they must not fill the log. */
const unknownCallerLimits = { textMax: 300, queryMax: 300, responseMax: 1000 };
/** A text is redacted before it is cut. Redaction sees so much more of it, so that it recognizes a secret at the cut. */
const secretLengthMax = 500;
/** Lengths that the contract and the columns have. */
const nameMax = 100;
const fileNameMax = 255;
/** Characters of a body that are redacted. Redaction may shorten them, and still leave as many as the log stores. */
export const examinedMax = 262_144;
const noBody = { bytes: null, isCut: false };

/** Packs a JSON text. Of a long one, such as a page of a hundred large users, only the beginning is examined, and of this the first 64 KB are stored. */
function packJson(text: string | undefined, redaction: Redaction): { bytes: Buffer | null; isCut: boolean } {
  if (text === undefined) return noBody;
  const { bytes, isCut } = packText(redaction.json(startOfJson(text, examinedMax)));
  return { bytes, isCut: isCut || text.length > examinedMax };
}

/** Packs only the beginning of a long text: anyone can cause a long response, for instance a 400 that names many wrong fields. */
function packStart(text: string | undefined, redaction: Redaction): { bytes: Buffer | null; isCut: boolean } {
  const { responseMax } = unknownCallerLimits;
  if (text === undefined || text.length <= responseMax) return packJson(text, redaction);
  const start = redaction.text(text.slice(0, responseMax + secretLengthMax)).slice(0, responseMax);
  return { ...packText(start.toWellFormed()), isCut: true };
}

/** Redaction can make a text longer: it decodes a text with an encoded secret, and one character may become 18. */
const cut = (text: string, max: number): string => text.slice(0, max).toWellFormed();

/** Returns the redacted path of a call, as both logs store it. */
export function loggedPath({ path }: Pick<Call, 'path'>, isKnown: boolean, redaction: Redaction): string {
  const { textMax } = isKnown ? knownCallerLimits : unknownCallerLimits;
  return cut(redaction.text(path.slice(0, textMax + secretLengthMax)), textMax);
}

/** Returns a row without the texts that came from outside, for a database that refuses one of them. */
export const withoutTexts = (row: LogRow): LogRow => ({
  ...row,
  ...(row.actor_name !== null && { actor_name: '[not stored]' }),
  path: '[not stored]',
  query: '',
  client_address: '',
  request_body: null,
  request_is_cut: true,
  response_body: null,
  response_is_cut: true,
  files: [],
});

/** Returns a short row of the same call, for a disk that is too full. It tells that the bodies are cut. */
export const shortRowOf = (row: LogRow): LogRow => ({
  ...row,
  path: cut(row.path, unknownCallerLimits.textMax),
  query: cut(row.query, unknownCallerLimits.queryMax),
  request_body: null,
  request_is_cut: row.request_is_cut || row.request_body !== null,
  response_body: null,
  response_is_cut: row.response_is_cut || row.response_body !== null,
});

/** Builds the API log's row of a call. Redacts secrets and limits the lengths of texts. */
export function logRowOf(
  call: Call,
  { loggedOperationId = null, actor, environmentId, bodyText, files = [] }: LogFacts,
  redaction: Redaction,
): LogRow {
  const { queryMax } = actor ? knownCallerLimits : unknownCallerLimits;
  const request = packJson(actor ? bodyText : undefined, redaction);
  const response = actor ? packJson(call.responseText, redaction) : packStart(call.responseText, redaction);
  return {
    organization_id: actor?.organizationId ?? '',
    id: call.correlationId,
    called_at: toInstant(call.time),
    actor_kind: actor?.kind ?? null,
    actor_id: actor?.tokenId ?? null,
    actor_name: actor ? cut(redaction.text(actor.tokenName), nameMax) : null,
    operation: loggedOperationId,
    method: call.method.slice(0, 20),
    path: loggedPath(call, actor !== undefined, redaction),
    query: cut(redaction.query(call.query.slice(0, queryMax + secretLengthMax)), queryMax),
    status: call.status,
    duration_ms: call.durationMs,
    client_address: call.address.slice(0, 100),
    environment_id: environmentId ?? null,
    request_body: request.bytes,
    request_is_cut: request.isCut,
    response_body: response.bytes,
    response_is_cut: response.isCut,
    files: files.map(({ part, name, bytes, sha256 }) => ({
      part: cut(redaction.text(part), fileNameMax),
      name: cut(redaction.text(name), fileNameMax),
      bytes,
      sha256: sha256.toString('hex'),
    })),
  };
}

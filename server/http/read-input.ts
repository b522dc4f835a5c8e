import type { FieldRights } from '../access/field-rights.ts';
import { forbidden } from '../common/errors.ts';
import type { ContractOperation } from '../contract/contract-router.ts';
import { parseQuery, type RequestValidation } from '../contract/request-validation.ts';
import type { Context, UploadedFile } from '../handler.ts';
import { readBodyBytes } from './body-arrival.ts';
import { createBodyBudget } from './body-budget.ts';
import type { IdentifiedCall } from './identify-call.ts';
import type { HttpLimits } from './limits.ts';
import { checkMediaType, jsonBytesMax, parseJson } from './request-body.ts';
import { createSlots } from './slots.ts';
import { createTurns } from './turns.ts';
import { readUpload } from './uploads.ts';

export interface ReadCall extends IdentifiedCall {
  query: Record<string, unknown>;
  body: unknown;
  files: UploadedFile[];
  /** The JSON body as sent, for the API log; undefined for other bodies. */
  bodyText?: string | undefined;
  isSlow: boolean;
}

/** A body that takes longer counts as slow. */
const fastBodyMsMax = 1_000;
/** Work on a larger body takes so long that each has an iteration of the event loop for itself, and a pause follows: others must not wait for many. */
const largeBodyBytes = 16_384;
const json = 'application/json';
const multipart = 'multipart/form-data';

const bodyTypeOf = (operation: ContractOperation) =>
  Object.keys((operation.requestBody as { content?: object } | undefined)?.content ?? {})[0];

const bodyBytesMaxOf = (operation: ContractOperation) => (operation as { 'x-body-bytes-max'?: number })['x-body-bytes-max'] ?? jsonBytesMax;

const sentText = (operation: ContractOperation, body: unknown) => (bodyTypeOf(operation) === json ? JSON.stringify(body) : undefined);

interface ReadParts {
  context: Pick<Context, 'importFiles' | 'diskShortage'>;
  uploadBytesMax: number;
  limits: HttpLimits;
  clock: () => Date;
}
interface ReadBody {
  body: unknown;
  files: UploadedFile[];
  releaseBody?: () => void;
}

/**
 * Reads the query and the body, which must be of the media type that the operation declares. Throws 400, 408, 413, 415, 429 and 503.
 *
 * Bodies of calls without a token get less time and less memory.
 */
export function createReadInput({ context: { importFiles, diskShortage }, uploadBytesMax, limits, clock }: ReadParts) {
  const takeLargeBodyTurn = createTurns({
    startsMax: 1,
    pauseFactor: limits.largeBodyPauseFactor,
    pauseMsMax: limits.largeBodyPauseMsMax,
  });
  const budgetWithoutToken = createBodyBudget({ bytesMax: limits.bodyBytesWithoutTokenMax });
  const budget = createBodyBudget({
    bytesMax: limits.bodyBytesMax,
    bytesPerOrganizationMax: limits.bodyBytesPerOrganizationMax,
    bytesPerCallerMax: limits.bodyBytesPerCallerMax,
  });
  const takeUploadSlot = createSlots({
    noun: 'uploads',
    max: limits.uploadsMax,
    perOrganizationMax: limits.uploadsPerOrganizationMax,
    perCallerMax: limits.uploadsPerCallerMax,
  });

  async function readJsonBody({ request, contractOperation, caller, address, admitBody }: IdentifiedCall): Promise<ReadBody> {
    const graceMs = caller ? limits.bodyMs : limits.bodyWithoutTokenMs;
    const share = caller ? budget.open(caller) : budgetWithoutToken.open();
    try {
      const terms = { bytesMax: bodyBytesMaxOf(contractOperation), graceMs, bytesPerSecondMin: limits.bytesPerSecondMin, admit: admitBody };
      const bytes = await readBodyBytes(request, terms, share);
      const isLarge = bytes.length > largeBodyBytes;
      if (isLarge) await takeLargeBodyTurn(address);
      const body = parseJson(bytes);
      // Validation has a turn of its own.
      if (isLarge) await takeLargeBodyTurn(address);
      return { body, files: [], releaseBody: share.release };
    } catch (error) {
      share.release();
      throw error;
    }
  }

  async function readUploadBody({ request, caller, admitBody }: IdentifiedCall): Promise<ReadBody> {
    if (!caller) throw new Error('An upload needs a caller');
    const freeSlot = takeUploadSlot(caller);
    try {
      const { uploadIdleMs: idleMs, uploadMs: totalMs, bytesPerSecondMin } = limits;
      const terms = { bytesMax: uploadBytesMax, idleMs, totalMs, bytesPerSecondMin, diskShortage, admit: admitBody };
      return await readUpload(request, importFiles, terms);
    } finally {
      freeSlot();
    }
  }

  async function readBody(call: IdentifiedCall): Promise<ReadBody> {
    const type = bodyTypeOf(call.contractOperation);
    if (type === undefined) return { body: undefined, files: [] };
    checkMediaType(call.request, type);
    if (type === json) return readJsonBody(call);
    if (type === multipart) return readUploadBody(call);
    throw new Error(`No operation reads ${type} yet`);
  }

  return async (call: IdentifiedCall) => {
    // Before the body: a refused query must not leave uploaded files behind.
    const query = parseQuery(call.querystring);
    const started = performance.now();
    const { body, files, releaseBody } = await readBody(call);
    const isSlow = performance.now() - started > fastBodyMsMax;
    return {
      query,
      body,
      files,
      ...(releaseBody && { releaseBody }),
      isSlow,
      now: isSlow ? clock() : call.now,
      // Taken before validation adds defaults. The body of an unknown caller is not serialized yet: it may be large.
      ...(call.caller && { bodyText: sentText(call.contractOperation, body) }),
    };
  };
}

/**
 * Validates everything that a caller sent: parameters and body against the contract, then fields against the caller's permissions.
 *
 * Converts parameters, in place, to the types of the contract. Throws 400, or 403 that names the fields.
 */
export const createValidate =
  (validation: RequestValidation, fieldRights: FieldRights) =>
  ({ contractOperation, params, query, request, caller, body, files, bodyText }: ReadCall) => {
    // Runs before validation, because validation adds defaults that the caller did not send.
    const fieldFault = fieldRights.refusalOf(contractOperation, caller?.permissions, {
      query,
      body,
      fileParts: files.map(({ part }) => part),
    });
    validation.validate(contractOperation, { path: params, query, headers: request.headers, body });
    if (fieldFault) throw forbidden(fieldFault);
    return { bodyText: bodyText ?? sentText(contractOperation, body) };
  };

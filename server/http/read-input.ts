import type { FieldRights } from '../access/field-rights.ts';
import { jsonText } from '../calls/api-log-row.ts';
import { forbidden } from '../common/errors.ts';
import type { ContractOperation } from '../contract/contract-router.ts';
import { parseQuery, type RequestValidation } from '../contract/request-validation.ts';
import type { ImportFiles, UploadedFile } from '../handler.ts';
import type { IdentifiedCall } from './identify-call.ts';
import { checkMediaType, readJson } from './request-body.ts';
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
const json = 'application/json';
const multipart = 'multipart/form-data';

const bodyTypeOf = (operation: ContractOperation) =>
  Object.keys((operation.requestBody as { content?: object } | undefined)?.content ?? {})[0];

const sentText = (operation: ContractOperation, body: unknown) => (bodyTypeOf(operation) === json ? jsonText(body) : undefined);

interface ReadParts {
  importFiles: ImportFiles;
  uploadBytesMax: number;
  clock: () => Date;
}

/** Reads the query and the body, which must be of the media type that the operation declares. Throws 400, 413 and 415. */
export function createReadInput({ importFiles, uploadBytesMax, clock }: ReadParts) {
  async function readBody({ request, contractOperation }: IdentifiedCall): Promise<{ body: unknown; files: UploadedFile[] }> {
    const type = bodyTypeOf(contractOperation);
    if (type === undefined) return { body: undefined, files: [] };
    checkMediaType(request, type);
    if (type === json) return { body: await readJson(request), files: [] };
    if (type === multipart) return readUpload(request, importFiles, uploadBytesMax);
    throw new Error(`No operation reads ${type} yet`);
  }

  return async (call: IdentifiedCall) => {
    const started = performance.now();
    const { body, files } = await readBody(call);
    const isSlow = performance.now() - started > fastBodyMsMax;
    return {
      query: parseQuery(call.querystring),
      body,
      files,
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

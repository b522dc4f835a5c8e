import type { Error as ErrorBody } from '../../generated/types.gen.ts';

/** The result of a call of the generated client: `data` for a success, `error` for an error response. */
export interface ApiResult {
  data?: unknown;
  error?: ErrorBody | undefined;
  response?: Response | undefined;
}

/** Returns the data of a successful result; throws for an error response. */
export function dataOf<Data>({ data, error }: { data?: Data | undefined; error?: unknown }): Data {
  if (data === undefined) throw new Error(`The call failed: ${JSON.stringify(error)}`);
  return data;
}

/** Returns `[status, error code]`. */
export const codeOf = ({ response, error }: ApiResult) => [response?.status, error?.error];
/** Returns `[status, error message]`. */
export const messageOf = ({ response, error }: ApiResult) => [response?.status, error?.message];
/** Returns `[status, field errors]`. */
export const errorsOf = ({ response, error }: ApiResult) => [response?.status, error?.errors];
/** The result of `errorsOf` for a new key that looks like an id. */
export const refusedAsId = (field: string) => [400, [{ field, message: 'Must not look like a GUID, because a GUID stands for an id' }]];
/** Returns an id in lower, upper and mixed case. */
export const spellingsOf = (id: string): string[] => [id, id.toUpperCase(), id.replace(/[a-f]/, (digit) => digit.toUpperCase())];
/** Returns the statuses of several results, in ascending order. */
export const statusesOf = (results: ApiResult[]) => results.map(({ response }) => response?.status).sort();

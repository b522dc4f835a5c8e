import { ApiError, conflict, type InvalidField, invalid, type Reveals } from '../common/errors.ts';
import type { RequiredPermission } from './permissions.ts';
import type { ReadableFields } from './readable-fields.ts';
import type { DescribedOperation } from './response-shape.ts';

const neutralMessage = 'This is not possible, for a reason that this token may not read; check the ids and keys in the request';
const neutralFieldMessage = 'Is not accepted, for a reason that this token may not read';

/** Returns the errors with a neutral message in place of those that reveal hidden data, each only once. */
function neutralErrors(errors: InvalidField[], isHidden: (reveals: Reveals[] | undefined) => boolean): InvalidField[] {
  const neutral = errors.map(({ reveals, requestField, otherwise = neutralFieldMessage, ...error }) =>
    isHidden(reveals) ? { field: requestField ?? error.field, message: otherwise } : error,
  );
  return neutral.filter(
    ({ field, message }, index) => neutral.findIndex((one) => one.field === field && one.message === message) === index,
  );
}

/** Returns the same error for every reason: a 404 to a caller that may not know which objects exist, otherwise a 409. */
function neutralError(
  { responses = {} }: DescribedOperation,
  { resource, action }: RequiredPermission,
  readable: ReadableFields,
): ApiError {
  const isConflict = '409' in (responses as object) && (action === 'create' || readable.has(resource));
  return isConflict ? conflict(neutralMessage, []) : new ApiError(404, 'not_found', neutralMessage);
}

/**
 * Returns the error to send in place of one that reveals data which the caller may not read: one status and one message for every such reason. An
 * error about a field of the request stays a 400, with a neutral message.
 *
 * A caller that may not read a resource at all also gets it in place of the 404 that tells which objects exist.
 */
export function neutralRefusalOf(
  operation: DescribedOperation,
  required: RequiredPermission,
  readable: ReadableFields,
  error: ApiError,
): ApiError {
  const isHidden = (reveals: Reveals[] = []) => reveals.some((revealed) => !readable.cover(revealed));
  if (error.errors) return error.errors.some(({ reveals }) => isHidden(reveals)) ? invalid(neutralErrors(error.errors, isHidden)) : error;
  if (!isHidden(error.reveals)) return error;
  return error.requestField
    ? invalid({ field: error.requestField, message: neutralFieldMessage })
    : neutralError(operation, required, readable);
}

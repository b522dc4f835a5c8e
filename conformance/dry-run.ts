/** Field of a request that makes it a dry run. */
const dryRunField = 'isDryRun';

/**
 * Returns whether the kit may send this body.
 *
 * Operations with a dry run cannot be undone and may delete the token of the kit. For these, the kit sends only dry runs and,
 * to check refusals, bodies that contain only the dry-run field.
 */
export function isSafeBody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !(dryRunField in body)) return true;
  const { [dryRunField]: isDry, ...rest } = body as Record<string, unknown>;
  return isDry === true || (isDry !== false && Object.keys(rest).length === 0);
}

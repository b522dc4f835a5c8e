/** Field of a request that makes it a dry run. */
const rehearsing = 'isDryRun';

/**
 * Operations with a dry run cannot be undone and may delete the token of the kit. For these, the kit sends only dry runs and,
 * to check refusals, bodies that contain only the dry-run field.
 */
export function isRehearsal(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !(rehearsing in body)) return true;
  const { [rehearsing]: isDry, ...rest } = body as Record<string, unknown>;
  return isDry === true || (isDry !== false && Object.keys(rest).length === 0);
}

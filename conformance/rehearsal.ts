/** The member by which a request says that it is to change nothing. */
const rehearsing = 'isDryRun';

/**
 * What can be rehearsed can't be undone, and may end the very token that the kit calls with: of such operations the kit sends rehearsals alone, and,
 * to see that anything else is refused, bodies that say nothing but how they are to be taken.
 */
export function isRehearsal(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !(rehearsing in body)) return true;
  const { [rehearsing]: isDry, ...rest } = body as Record<string, unknown>;
  return isDry === true || (isDry !== false && Object.keys(rest).length === 0);
}

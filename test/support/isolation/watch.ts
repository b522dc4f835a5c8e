import type { TestServer } from '../server.ts';
import type { SecuredOperation, TwinRequest } from './requests.ts';
import { readTables } from './twin-rows.ts';
import { type TwinWorld, textOf } from './twins.ts';

const withoutEnvironment = ['idempotency_keys', 'rate_limits', 'migrations', 'migrations_lock'];
const marksAndIds = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b|[\w|@.]*zqxvk[a-h][\w|@.]*/gi;

/** Tells whether one path is the other one, above it, or below it. */
const areRelated = (path: string, other: string) => `${path}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${path}/`);

/** Watches what callers at `home` see and change of others. */
export function createWatch(server: TestServer, world: TwinWorld, home: string) {
  /** Ids and marks in calls that read the API log: the log shows them to the callers again. */
  const sentToLog = new Set<string>();

  function rememberLogged(request: TwinRequest): void {
    for (const [id] of JSON.stringify(request).toLowerCase().matchAll(marksAndIds)) sentToLog.add(id);
  }

  /** Returns whose data a response contains, although it is neither in the scope nor in the request. */
  function foreignOwnersIn(text: string, request: TwinRequest, scope: string): string[] {
    const sent = JSON.stringify(request).toLowerCase();
    const unsent = (text.toLowerCase().match(marksAndIds) ?? []).filter((found) => !sent.includes(found) && !sentToLog.has(found));
    return [...world.ownersIn(unsent.join(' '))].filter((owner) => !areRelated(owner, scope));
  }

  /** A caller of the organization may end all tokens of it. */
  const isForeignTo = (operation: SecuredOperation) => (owner: string) =>
    operation.operationId === 'revokeAllTokens' ? !owner.startsWith('alpha') : !areRelated(owner, home);

  /** Returns all rows that belong to others, with the owners that their ids tell. */
  async function foreignRows(isForeign: (owner: string) => boolean): Promise<Map<string, Set<string>>> {
    const isLeftOut = (table: string) => withoutEnvironment.includes(table);
    const tables = [...(await readTables(server.db, isLeftOut))];
    if (server.logDb !== server.db) tables.push(...(await readTables(server.logDb, isLeftOut)));
    const rows = new Map<string, Set<string>>();
    for (const [table, found] of tables)
      for (const { last_used_at: _, ...row } of found) {
        // The column of the environment or organization counts more than other ids: a logged call has those that the caller sent.
        const text = table === 'api_log' ? String(row.organization_id) : String(row.environment_id ?? textOf(row));
        const byIds = world.ownersOfIds(text);
        const owners = byIds.size > 0 ? byIds : world.ownersIn(text);
        if ([...owners].some(isForeign)) rows.set(`${table} ${textOf(row)}`, byIds);
      }
    return rows;
  }

  /**
   * Remembers the rows of others. Returns a function that returns which of them are gone or new since then.
   *
   * A new row that has marks, but no ids of others, has texts that the caller sent.
   */
  async function rememberRows(operation: SecuredOperation): Promise<() => Promise<string[]>> {
    const isForeign = isForeignTo(operation);
    const before = await foreignRows(isForeign);
    return async () => {
      const after = await foreignRows(isForeign);
      const gone = [...before.keys()].filter((row) => !after.has(row));
      const added = [...after].filter(([row, byIds]) => !before.has(row) && [...byIds].some(isForeign)).map(([row]) => row);
      return [...gone, ...added].map((row) => row.slice(0, 300));
    };
  }

  return { rememberLogged, foreignOwnersIn, rememberRows };
}

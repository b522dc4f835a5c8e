import { randomUUID } from 'node:crypto';
import type { CountedList, EntryChange } from '../../database/counted-lists.ts';
import { type Db, isMySql, selectRows } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { joinInOrder, onIndex } from '../../database/join-in-order.ts';
import type { FactTenantRow } from './fact-tenants.ts';

export interface FactRole {
  id: string;
  role: string;
  created_at: Instant;
}
/** A user's membership of a tenant, with its roles there in alphabetical order. */
export interface Membership {
  user_id: string;
  tenant_id: string;
  tenant_key: string;
  roles: FactRole[];
}

export const memberListOf = (tenantId: string): CountedList => ({
  table: 'fact_members',
  order: 'user_key',
  where: { tenant_id: tenantId },
});
export const memberEntry = (tenantId: string, userKey: string, by: 1 | -1): EntryChange => ({
  list: memberListOf(tenantId),
  key: userKey,
  by,
});

/** Maximum number of tenants of a user, and of roles of a user. */
export const membershipsMax = 1000;

type MembershipRow = Omit<Membership, 'roles'> & { [Column in keyof FactRole]: FactRole[Column] | null };

/** SQLite takes longer for each part of a statement the more parts there are. On MySQL, each statement is a round trip. */
const usersPerStatement = (db: Db) => (isMySql(db) ? 128 : 8);

/**
 * Selects the first memberships of a user, and then the first roles. Each part reads an index in its order and stops at its limit.
 *
 * The plus sign has no effect but that SQLite, which plans a join again for each bound value, does not do so here.
 */
function rowsOfUser(db: Db, max: number): string {
  const columns = 'member.user_id, member.tenant_id, member.tenant_key';
  const members = onIndex(db, 'fact_members AS member', 'fact_members_by_tenant_key');
  const roles = `${joinInOrder(db, 'fact_roles AS role', 'fact_roles_of_user')} ON role.user_id = member.user_id AND role.tenant_id = member.tenant_id`;
  const first = `LEFT JOIN deleted_tenants AS deleted ON deleted.tenant_id = member.tenant_id
    WHERE member.user_id = +? AND deleted.tenant_id IS NULL ORDER BY member.tenant_key LIMIT ${max}`;
  return `SELECT * FROM (SELECT ${columns}, NULL AS id, NULL AS role, NULL AS created_at FROM ${members} ${first}) AS first_members
    UNION ALL SELECT * FROM (SELECT ${columns}, role.id, role.role, role.created_at FROM ${members} ${roles} ${first}) AS first_roles`;
}

/**
 * Returns the memberships of users by user id, each in the order of the tenants' keys, without those of deleted tenants.
 *
 * Of each user, returns only the first `max` memberships, and of these only the first `max` roles. The limits are part of the statement, because a
 * page of users can have 100,000 memberships and as many roles.
 */
export async function listMemberships(db: Db, userIds: string[], max = membershipsMax): Promise<Map<string, Membership[]>> {
  const rows: MembershipRow[] = [];
  const count = usersPerStatement(db);
  for (let from = 0; from < userIds.length; from += count)
    for (const row of await listRows(db, userIds.slice(from, from + count), max)) rows.push(row);
  return new Map([...Map.groupBy(rows, ({ user_id }) => user_id)].map(([userId, ofUser]) => [userId, membershipsOf(ofUser)]));
}

function listRows(db: Db, userIds: string[], max: number): Promise<MembershipRow[]> {
  // Padded to a power of two, which limits the number of different texts.
  const ids = Array.from({ length: 2 ** Math.ceil(Math.log2(userIds.length)) }, (_, index) => userIds[index] ?? '');
  return selectRows(
    db,
    ids.map(() => rowsOfUser(db, max)).join(' UNION ALL '),
    ids.flatMap((id) => [id, id]),
  );
}

/** Compares keys, which are ASCII. */
const compareKeys = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

function membershipsOf(rows: MembershipRow[]): Membership[] {
  const memberships = new Map<string, Membership>();
  for (const { id, role, created_at, ...membership } of rows)
    if (id === null) memberships.set(membership.tenant_id, { ...membership, roles: [] });
  for (const { tenant_id, id, role, created_at } of rows)
    if (id !== null) memberships.get(tenant_id)?.roles.push({ id, role: role as string, created_at: created_at as Instant });
  for (const { roles } of memberships.values()) roles.sort((left, right) => compareKeys(left.role, right.role));
  return [...memberships.values()].sort((left, right) => compareKeys(left.tenant_key, right.tenant_key));
}

export const findRole = (db: Db, userId: string, tenantId: string, role: string): Promise<FactRole | undefined> =>
  db('fact_roles').where({ user_id: userId, tenant_id: tenantId, role }).first('id', 'role', 'created_at');

export const listTenantIdsOf = async (db: Db, userId: string): Promise<string[]> =>
  (await db('fact_members').where({ user_id: userId }).select('tenant_id')).map(({ tenant_id }) => tenant_id);

const insertBatchSize = 100;

async function insertInBatches(trx: Db, table: string, rows: object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += insertBatchSize) await trx(table).insert(rows.slice(from, from + insertBatchSize));
}

export async function insertMembers(
  trx: Db,
  { id: user_id, user_key }: { id: string; user_key: string },
  tenants: Pick<FactTenantRow, 'id' | 'tenant_key'>[],
): Promise<void> {
  const rows = tenants.map(({ id: tenant_id, tenant_key }) => ({ id: randomUUID(), tenant_id, tenant_key, user_id, user_key }));
  await insertInBatches(trx, 'fact_members', rows);
}

export async function insertRoles(
  trx: Db,
  now: Date,
  userId: string,
  roles: { tenant_id: string; role: string; id?: string }[],
): Promise<void> {
  const rows = roles.map((role) => ({ id: randomUUID(), user_id: userId, created_at: toInstant(now), ...role }));
  await insertInBatches(trx, 'fact_roles', rows);
}

export const deleteRoles = (trx: Db, ids: string[]): Promise<number> => trx('fact_roles').whereIn('id', ids).delete();

/** Deletes the memberships and roles of a user, in all tenants or in one. Returns the number of memberships. */
export async function deleteMemberships(trx: Db, where: { user_id: string; tenant_id?: string }): Promise<number> {
  await trx('fact_roles').where(where).delete();
  return trx('fact_members').where(where).delete();
}

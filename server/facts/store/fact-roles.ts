import { randomUUID } from 'node:crypto';
import type { CountedList, EntryChange } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
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
export interface Member {
  user_id: string;
  user_key: string;
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

/** Returns the memberships of these users by user id, each in the order of the tenants' keys. */
export async function listMemberships(db: Db, userIds: string[]): Promise<Map<string, Membership[]>> {
  const rows: (Omit<Membership, 'roles'> & { [Column in keyof FactRole]: FactRole[Column] | null })[] = await db('fact_members as member')
    .leftJoin('fact_roles as role', (join) => join.on('role.user_id', 'member.user_id').on('role.tenant_id', 'member.tenant_id'))
    .whereIn('member.user_id', userIds)
    .orderBy(['member.user_id', 'member.tenant_key', 'role.role'])
    .select('member.user_id', 'member.tenant_id', 'member.tenant_key', 'role.id', 'role.role', 'role.created_at');
  const memberships = new Map<string, Membership[]>();
  for (const { id, role, created_at, ...membership } of rows) {
    const userMemberships = memberships.get(membership.user_id) ?? [];
    memberships.set(membership.user_id, userMemberships);
    if (userMemberships.at(-1)?.tenant_id !== membership.tenant_id) userMemberships.push({ ...membership, roles: [] });
    if (id !== null) userMemberships.at(-1)?.roles.push({ id, role: role as string, created_at: created_at as Instant });
  }
  return memberships;
}

export const findRole = (db: Db, userId: string, tenantId: string, role: string): Promise<FactRole | undefined> =>
  db('fact_roles').where({ user_id: userId, tenant_id: tenantId, role }).first('id', 'role', 'created_at');

export const listMembers = (db: Db, tenantId: string): Promise<Member[]> =>
  db('fact_members').where({ tenant_id: tenantId }).orderBy('user_id').select('user_id', 'user_key');

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

/** Deletes the memberships and roles of a user, of a tenant, or of one user in one tenant. Returns the number of memberships. */
export async function deleteMemberships(trx: Db, where: { user_id?: string; tenant_id?: string }): Promise<number> {
  await trx('fact_roles').where(where).delete();
  return trx('fact_members').where(where).delete();
}

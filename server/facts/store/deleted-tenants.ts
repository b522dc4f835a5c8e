import { listNameOf } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { deleteSomeRows } from '../../database/delete-some-rows.ts';
import { inTransaction } from '../../database/transactions.ts';
import { memberListOf } from './fact-roles.ts';
import { touchUsers } from './fact-users.ts';

/**
 * The deleted tenants that still have memberships, roles or counts. No response shows these any more.
 *
 * A tenant may have millions of members, so the transaction that deletes it only records it here. No membership is added later, because all code
 * locks the tenant's row before it adds one.
 */
const table = 'deleted_tenants';

export const rowsPerStatement = 1_000;
export const membersPerBatch = 100;

export const insertDeletedTenant = async (trx: Db, tenantId: string): Promise<void> => {
  await trx(table).insert({ tenant_id: tenantId });
};

/** Deletes some memberships or roles of a deleted tenant. Safe to run in many processes. */
export async function deleteSomeOfTenant(db: Db, now: Date, tenantId: string): Promise<void> {
  const rows: [from: string, value: string][] = [
    ['fact_roles WHERE tenant_id = ?', tenantId],
    ['list_blocks WHERE list = ?', listNameOf(memberListOf(tenantId))],
  ];
  for (const [from, value] of rows) {
    const deleted = await inTransaction(db, (trx) => deleteSomeRows(trx, from, [value], rowsPerStatement));
    if (deleted === rowsPerStatement) return;
  }
  if ((await deleteSomeMembers(db, now, tenantId)) < membersPerBatch) await db(table).where({ tenant_id: tenantId }).delete();
}

/** Deletes some memberships of a tenant, records the change in their users, and returns their number. Users are locked before memberships. */
const deleteSomeMembers = (db: Db, now: Date, tenantId: string): Promise<number> =>
  inTransaction(db, async (trx) => {
    const members: { id: string; user_id: string }[] = await trx('fact_members')
      .where({ tenant_id: tenantId })
      .limit(membersPerBatch)
      .select('id', 'user_id');
    if (members.length === 0) return 0;
    await touchUsers(
      trx,
      now,
      members.map(({ user_id }) => user_id),
    );
    await trx('fact_members')
      .whereIn(
        'id',
        members.map(({ id }) => id),
      )
      .delete();
    return members.length;
  });

/** Deletes some memberships or roles of deleted tenants. Returns whether there may be more. Safe to run in many processes. */
export async function deleteSomeMemberships(db: Db, now: Date): Promise<boolean> {
  const deleted: { tenant_id: string } | undefined = await db(table).orderBy('tenant_id').first('tenant_id');
  if (deleted) await deleteSomeOfTenant(db, now, deleted.tenant_id);
  return deleted !== undefined;
}

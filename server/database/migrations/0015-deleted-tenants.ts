import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Each step first checks whether an interrupted run has already done it, because MySQL cannot roll back changes of tables. */
export async function up(db: Knex): Promise<void> {
  const { id, hasIndex, dropIndex, create } = tablesOf(db);
  /** Deleted tenants of /v2/facts whose memberships and roles a job still has to delete. */
  await create('deleted_tenants', (t) => {
    id(t, 'tenant_id').primary();
  });
  // No longer unique: a user may join a new tenant with the key of a deleted one before the job has deleted the old membership.
  if (!(await hasIndex('fact_members', 'fact_members_by_tenant_key')))
    await db.raw('CREATE INDEX fact_members_by_tenant_key ON fact_members (user_id, tenant_key)');
  await dropIndex('fact_members', 'fact_members_in_order');
}

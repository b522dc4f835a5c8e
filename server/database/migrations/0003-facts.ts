import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

export async function up(db: Knex): Promise<void> {
  const { id, exact, instant, longText, create } = tablesOf(db);
  await create('fact_users', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    exact(t, 'user_key', 200).notNullable();
    for (const column of ['email', 'first_name', 'last_name']) t.string(column, 256).nullable();
    longText(t, 'attributes').notNullable();
    longText(t, 'search_text').notNullable();
    instant(t, 'created_at').notNullable();
    instant(t, 'updated_at').notNullable();
    t.unique(['environment_id', 'user_key'], { indexName: 'fact_users_key' });
  });
  await create('fact_tenants', (t) => {
    id(t, 'id').primary();
    id(t, 'environment_id').notNullable();
    exact(t, 'tenant_key', 100).notNullable();
    t.string('name', 200).notNullable();
    t.string('description', 1000).nullable();
    longText(t, 'attributes').notNullable();
    longText(t, 'search_text').notNullable();
    instant(t, 'created_at').notNullable();
    instant(t, 'updated_at').notNullable();
    /** When the tenant's members or roles last changed. */
    instant(t, 'last_action_at').nullable();
    t.unique(['environment_id', 'tenant_key'], { indexName: 'fact_tenants_key' });
  });
  await create('fact_members', (t) => {
    id(t, 'id').primary();
    id(t, 'tenant_id').notNullable();
    id(t, 'user_id').notNullable();
    /** Copies of keys, which never change. With them, lists of members need no other table for their order or for the tenants' keys. */
    exact(t, 'user_key', 200).notNullable();
    exact(t, 'tenant_key', 100).notNullable();
    t.unique(['tenant_id', 'user_key'], { indexName: 'fact_members_of_tenant' });
    t.unique(['user_id', 'tenant_id'], { indexName: 'fact_members_of_user' });
  });
  await create('fact_roles', (t) => {
    id(t, 'id').primary();
    id(t, 'user_id').notNullable();
    id(t, 'tenant_id').notNullable();
    exact(t, 'role', 100).notNullable();
    instant(t, 'created_at').notNullable();
    t.unique(['user_id', 'tenant_id', 'role'], { indexName: 'fact_roles_of_user' });
    t.index(['tenant_id'], 'fact_roles_of_tenant');
  });
}

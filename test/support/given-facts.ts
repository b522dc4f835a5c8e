import { expect } from 'vitest';
import { createTenant, createUser, getTenant, getUser } from '../../generated/sdk.gen.ts';
import type { Tenant as FactTenant, TenantCreate, User, UserCreate } from '../../generated/types.gen.ts';
import { countEntries } from '../../server/database/counted-lists.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertMembers, memberEntry } from '../../server/facts/store/fact-roles.ts';
import { type FactTenantRow, insertTenant, tenantEntry } from '../../server/facts/store/fact-tenants.ts';
import { insertUser, userEntry } from '../../server/facts/store/fact-users.ts';
import { type ApiResult, dataOf, messageOf } from './api-results.ts';
import { givenTenant, type Tenant } from './given.ts';
import type { TestServer } from './server.ts';

/** The one environment that an organization of `givenTenant` has. */
export const productionPath = { projectKey: 'default', environmentKey: 'production' };

/** The answers to a call that is made so many times at the same moment. */
export const concurrently = <Result>(times: number, call: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => call(index)));

export const givenUser = async ({ writer }: Tenant, body: UserCreate): Promise<User> =>
  dataOf(await createUser({ client: writer.client, path: productionPath, body }));

export const givenFactTenant = async ({ writer }: Tenant, key: string, body: Partial<TenantCreate> = {}): Promise<FactTenant> =>
  dataOf(await createTenant({ client: writer.client, path: productionPath, body: { key, name: key, ...body } }));

export const readUser = async ({ reader }: Tenant, userId: string) =>
  (await getUser({ client: reader.client, path: { ...productionPath, userId } })).data;
export const readFactTenant = async ({ reader }: Tenant, tenantId: string) =>
  (await getTenant({ client: reader.client, path: { ...productionPath, tenantId } })).data;

const empty = { email: null, first_name: null, last_name: null, attributes: {} };

/** Many at once, past the API; members of a tenant where one is named. */
export const givenManyUsers = (server: TestServer, { environmentId }: Tenant, keys: string[], factTenant?: FactTenant): Promise<void> =>
  inTransaction(server.db, async (trx) => {
    const rows = [];
    for (const user_key of keys) rows.push(await insertUser(trx, server.clock.now, { environment_id: environmentId, user_key, ...empty }));
    if (factTenant) for (const row of rows) await insertMembers(trx, row, [{ id: factTenant.id, tenant_key: factTenant.key }]);
    const members = factTenant ? rows.map((row) => memberEntry(factTenant.id, row.user_key, 1)) : [];
    await countEntries(trx, [...rows.map((row) => userEntry(row, 1)), ...members]);
  });

export const givenManyFactTenants = (server: TestServer, { environmentId }: Tenant, keys: string[]): Promise<FactTenantRow[]> =>
  inTransaction(server.db, async (trx) => {
    const rows = [];
    for (const tenant_key of keys) {
      const values = { environment_id: environmentId, tenant_key, name: tenant_key, description: null, attributes: {} };
      rows.push(await insertTenant(trx, server.clock.now, values));
    }
    await countEntries(
      trx,
      rows.map((row) => tenantEntry(row, 1)),
    );
    return rows;
  });

/** A user who is a member of as many tenants as there may be. */
export async function givenUserWithMaxTenants(server: TestServer, tenant: Tenant, key: string): Promise<User> {
  const user = await givenUser(tenant, { key });
  const tenants = await givenManyFactTenants(server, tenant, numberedKeys(1000, `${key}-`));
  await inTransaction(server.db, async (trx) => {
    await insertMembers(trx, { id: user.id, user_key: user.key }, tenants);
    await countEntries(
      trx,
      tenants.map(({ id }) => memberEntry(id, user.key, 1)),
    );
  });
  return user;
}

export const numberedKeys = (count: number, before = 'u') =>
  Array.from({ length: count }, (_, index) => `${before}${String(index).padStart(5, '0')}`);

/** Attributes with so many levels, their own included. */
export const nestedAttributes = (levels: number): Record<string, unknown> => (levels <= 1 ? {} : { a: nestedAttributes(levels - 1) });

/** Paths that lead to no environment of the caller's, another organization's among them, are all the same 404. */
export async function expectEnvironmentNotFound(
  server: TestServer,
  tenant: Tenant,
  call: (path: typeof productionPath) => Promise<ApiResult>,
): Promise<void> {
  const foreign = await givenTenant(server);
  const { project_id: foreignProject } = await server.db('environments').where({ id: foreign.environmentId }).first();
  for (const projectKey of ['nowhere', foreignProject, 'DEFAULT', 'default ', 'default\u0000', '../default', 'défaut'])
    expect(messageOf(await call({ ...productionPath, projectKey }))).toEqual([404, `Project with id ${projectKey} not found`]);
  for (const environmentKey of ['staging', foreign.environmentId, 'Production', 'production ', '%', "production' OR '1'='1"])
    expect(messageOf(await call({ ...productionPath, environmentKey }))).toEqual([404, `Environment with id ${environmentKey} not found`]);
  expect(tenant.environmentId).not.toBe(foreign.environmentId);
}

/** All that must never be so, whatever ran at once or broke off: places of what is gone, roles without a place, lists that miscount. */
export async function factInconsistencies({ db }: TestServer): Promise<string[]> {
  const faults: string[] = [];
  const [users, tenants, members, roles] = await Promise.all(
    ['fact_users', 'fact_tenants', 'fact_members', 'fact_roles'].map((table) => db(table).select()),
  );
  const ids = new Set([...(users ?? []), ...(tenants ?? [])].map(({ id }) => id));
  const places = new Set((members ?? []).map(({ user_id, tenant_id }) => `${user_id} ${tenant_id}`));
  for (const { user_id, tenant_id } of members ?? [])
    if (!ids.has(user_id) || !ids.has(tenant_id)) faults.push(`a place of user ${user_id} in tenant ${tenant_id}`);
  for (const { user_id, tenant_id, role } of roles ?? [])
    if (!places.has(`${user_id} ${tenant_id}`)) faults.push(`the role ${role} of ${user_id} in ${tenant_id}, who is no member`);

  const counted = new Map<string, number>();
  const count = (list: string, by: number) => counted.set(list, (counted.get(list) ?? 0) + by);
  for (const { environment_id } of users ?? []) count(JSON.stringify(['fact_users', 'user_key', { environment_id }]), 1);
  for (const { environment_id } of tenants ?? []) count(JSON.stringify(['fact_tenants', 'tenant_key', { environment_id }]), 1);
  for (const { tenant_id } of members ?? []) count(JSON.stringify(['fact_members', 'user_key', { tenant_id }]), 1);
  for (const { list, entries } of await db('list_blocks').select()) if (list.startsWith('["fact_')) count(list, -entries);
  for (const [list, by] of counted) if (by !== 0) faults.push(`${list} has ${by} more rows than were counted`);
  return faults;
}

import { expect } from 'vitest';
import { createTenant, createUser, getTenant, getUser } from '../../generated/sdk.gen.ts';
import type { Tenant as FactTenant, TenantCreate, User, UserCreate } from '../../generated/types.gen.ts';
import { recordEntryChanges } from '../../server/database/counted-lists.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { deleteSomeMemberships } from '../../server/facts/store/deleted-tenants.ts';
import { insertMembers, memberEntry } from '../../server/facts/store/fact-roles.ts';
import { type FactTenantRow, insertTenant, phrasesOfTenant, tenantEntry } from '../../server/facts/store/fact-tenants.ts';
import { insertUser, phrasesOfUser, userEntry } from '../../server/facts/store/fact-users.ts';
import { type ApiResult, dataOf, messageOf } from './api-results.ts';
import { givenTenant, type Tenant } from './given.ts';
import type { TestServer } from './server.ts';

/** The path parameters of the default environment of an organization from `givenTenant`. */
export const productionPath = { projectKey: 'default', environmentKey: 'production' };

/** Makes a call `times` times at the same moment. Returns all results. */
export const concurrently = <Result>(times: number, call: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => call(index)));

/** Creates a user in the default environment through the API. Returns the user. */
export const givenUser = async ({ writer }: Tenant, body: UserCreate): Promise<User> =>
  dataOf(await createUser({ client: writer.client, path: productionPath, body }));

/** Creates a tenant in the default environment through the API; its name is its key unless `body` has one. Returns the tenant. */
export const givenFactTenant = async ({ writer }: Tenant, key: string, body: Partial<TenantCreate> = {}): Promise<FactTenant> =>
  dataOf(await createTenant({ client: writer.client, path: productionPath, body: { key, name: key, ...body } }));

/** Reads a user through the API; undefined if it does not exist. */
export const readUser = async ({ reader }: Tenant, userId: string) =>
  (await getUser({ client: reader.client, path: { ...productionPath, userId } })).data;
/** Reads a tenant through the API; undefined if it does not exist. */
export const readFactTenant = async ({ reader }: Tenant, tenantId: string) =>
  (await getTenant({ client: reader.client, path: { ...productionPath, tenantId } })).data;

const emptyUser = { email: null, first_name: null, last_name: null, attributes: {} };

/**
 * Creates users with these keys in one transaction, inserted directly, with the counts of their lists. Returns nothing.
 *
 * With `factTenant`, the users are members of that tenant.
 */
export const givenManyUsers = (server: TestServer, { environmentId }: Tenant, keys: string[], factTenant?: FactTenant): Promise<void> =>
  inTransaction(server.db, async (trx) => {
    const rows = [];
    for (const user_key of keys)
      rows.push(await insertUser(trx, server.clock.now, { environment_id: environmentId, user_key, ...emptyUser }));
    if (factTenant) for (const row of rows) await insertMembers(trx, row, [{ id: factTenant.id, tenant_key: factTenant.key }]);
    const members = factTenant ? rows.map((row) => memberEntry(factTenant.id, row.user_key, 1)) : [];
    await recordEntryChanges(trx, [...rows.map((row) => userEntry(row, 1)), ...members]);
  });

/** Creates tenants with these keys in one transaction, inserted directly, with the counts of their lists. Returns their rows. */
export const givenManyFactTenants = (server: TestServer, { environmentId }: Tenant, keys: string[]): Promise<FactTenantRow[]> =>
  inTransaction(server.db, async (trx) => {
    const rows = [];
    for (const tenant_key of keys) {
      const values = { environment_id: environmentId, tenant_key, name: tenant_key, description: null, attributes: {} };
      rows.push(await insertTenant(trx, server.clock.now, values));
    }
    await recordEntryChanges(
      trx,
      rows.map((row) => tenantEntry(row, 1)),
    );
    return rows;
  });

/** Creates a user through the API who is a member of 1000 tenants, the maximum; tenants and memberships are inserted directly. Returns the user. */
export async function givenUserWithMaxTenants(server: TestServer, tenant: Tenant, key: string): Promise<User> {
  const user = await givenUser(tenant, { key });
  const tenants = await givenManyFactTenants(server, tenant, numberedKeys(1000, `${key}-`));
  await inTransaction(server.db, async (trx) => {
    await insertMembers(trx, { id: user.id, user_key: user.key }, tenants);
    await recordEntryChanges(
      trx,
      tenants.map(({ id }) => memberEntry(id, user.key, 1)),
    );
  });
  return user;
}

/** Returns `count` keys with a five-digit number, such as `u00000`. */
export const numberedKeys = (count: number, before = 'u') =>
  Array.from({ length: count }, (_, index) => `${before}${String(index).padStart(5, '0')}`);

/** Returns attributes that are nested `levels` deep, counting the outermost object. */
export const nestedAttributes = (levels: number): Record<string, unknown> => (levels <= 1 ? {} : { a: nestedAttributes(levels - 1) });

/** Expects 404 for paths outside the caller's organization: unknown keys, malformed keys, and keys of another organization. */
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

/**
 * Describes each inconsistency in the facts tables: memberships without their user or tenant, roles without a membership, wrong list
 * counts, and phrases of searches that do not fit the rows. First completes the deletions of tenants, as the job does.
 *
 * The result must be empty, even after concurrent or interrupted writes.
 */
export async function factInconsistencies({ db, clock }: TestServer): Promise<string[]> {
  while (await deleteSomeMemberships(db, clock.now));
  const faults: string[] = [];
  const [users, tenants, members, roles] = await Promise.all(
    ['fact_users', 'fact_tenants', 'fact_members', 'fact_roles'].map((table) => db(table).select()),
  );
  const ids = new Set([...(users ?? []), ...(tenants ?? [])].map(({ id }) => id));
  const memberships = new Set((members ?? []).map(({ user_id, tenant_id }) => `${user_id} ${tenant_id}`));
  for (const { user_id, tenant_id } of members ?? [])
    if (!ids.has(user_id) || !ids.has(tenant_id)) faults.push(`the membership of user ${user_id} in tenant ${tenant_id} lacks one of them`);
  for (const { user_id, tenant_id, role } of roles ?? [])
    if (!memberships.has(`${user_id} ${tenant_id}`))
      faults.push(`user ${user_id} has the role ${role} in tenant ${tenant_id} without a membership`);

  const differences = new Map<string, number>();
  const count = (list: string, by: number) => differences.set(list, (differences.get(list) ?? 0) + by);
  for (const { environment_id } of users ?? []) count(JSON.stringify(['fact_users', 'user_key', { environment_id }]), 1);
  for (const { environment_id } of tenants ?? []) count(JSON.stringify(['fact_tenants', 'tenant_key', { environment_id }]), 1);
  for (const { tenant_id } of members ?? []) count(JSON.stringify(['fact_members', 'user_key', { tenant_id }]), 1);
  for (const { list, entries } of await db('list_blocks').select()) if (list.startsWith('["fact_')) count(list, -entries);
  for (const [list, by] of differences) if (by !== 0) faults.push(`${list} has ${by} more rows than its count`);

  const expectedPhrases = new Set<string>();
  const expectPhrases = (list: string, environmentId: string, key: string, phrases: string[]) => {
    for (const phrase of phrases) expectedPhrases.add(JSON.stringify([environmentId, list, phrase, key]));
  };
  for (const row of users ?? []) expectPhrases('fact_users', row.environment_id, row.user_key, phrasesOfUser(row));
  for (const row of tenants ?? []) expectPhrases('fact_tenants', row.environment_id, row.tenant_key, phrasesOfTenant(row));
  for (const { environment_id, list, phrase, row_key } of await db('search_phrases').select()) {
    const stored = JSON.stringify([environment_id, list, phrase, row_key]);
    if (!expectedPhrases.delete(stored)) faults.push(`the phrase ${stored} belongs to no row`);
  }
  for (const missing of expectedPhrases) faults.push(`the phrase ${missing} is not stored`);
  return faults;
}

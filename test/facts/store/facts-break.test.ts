import { expect, it } from 'vitest';
import type { Db } from '../../../server/database/database.ts';
import { addTenantUser, createTenant, deleteTenant, removeTenantUser } from '../../../server/facts/operations/tenants.ts';
import { assignRole, createUser, deleteUser, replaceUser, unassignRole } from '../../../server/facts/operations/users.ts';
import type { Context } from '../../../server/handler.ts';
import { disconnectingDb } from '../../support/disconnecting-db.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { factInconsistencies, givenFactTenant, givenUser, productionPath } from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const tables = ['fact_users', 'fact_tenants', 'fact_members', 'fact_roles', 'list_blocks', 'search_phrases'];
const rowsOf = async (db: Db) => {
  const rows = await Promise.all(tables.map((table) => db(table).select()));
  return rows.map((tableRows) => tableRows.map((row) => JSON.stringify(row)).sort());
};

/** The context of a request whose database connection can break. */
const contextOf = async ({ organization, environmentId, writer }: Tenant, db: Db) =>
  ({
    db,
    now: new Date(server.clock.now.getTime() + 1000),
    environment: await server
      .db('environments')
      .join('projects', 'projects.id', 'project_id')
      .where('environments.id', environmentId)
      .first('environments.*', 'organization_id'),
    caller: {
      tokenId: writer.row.id,
      tokenName: 'Nightly',
      accessLevel: 'Write',
      organizationId: organization.id,
      projectId: null,
      scopeEnvironmentId: null,
      environmentId,
    },
  }) as unknown as Context;

const admin = (tenant: string) => ({ role: 'admin', tenant });
const role_assignments = [admin('b'), admin('c')];
const calls = {
  createUser: (context: Context) =>
    createUser({ path: productionPath, body: { key: 'ben', role_assignments }, query: {}, headers: {}, files: [] }, context),
  replaceUser: (context: Context) =>
    replaceUser({ path: { ...productionPath, userId: 'ann' }, body: { role_assignments }, query: {}, headers: {}, files: [] }, context),
  deleteUser: (context: Context) =>
    deleteUser({ path: { ...productionPath, userId: 'ann' }, body: undefined, query: {}, headers: {}, files: [] }, context),
  assignRole: (context: Context) =>
    assignRole({ path: { ...productionPath, userId: 'ann' }, body: admin('c'), query: {}, headers: {}, files: [] }, context),
  unassignRole: (context: Context) =>
    unassignRole({ path: { ...productionPath, userId: 'ann' }, body: admin('a'), query: {}, headers: {}, files: [] }, context),
  createTenant: (context: Context) =>
    createTenant({ path: productionPath, body: { key: 'd', name: 'D' }, query: {}, headers: {}, files: [] }, context),
  deleteTenant: (context: Context) =>
    deleteTenant({ path: { ...productionPath, tenantId: 'a' }, body: undefined, query: {}, headers: {}, files: [] }, context),
  addTenantUser: (context: Context) =>
    addTenantUser(
      { path: { ...productionPath, tenantId: 'a' }, body: { key: 'cem', role_assignments }, query: {}, headers: {}, files: [] },
      context,
    ),
  removeTenantUser: (context: Context) =>
    removeTenantUser(
      { path: { ...productionPath, tenantId: 'a', userId: 'ann' }, body: undefined, query: {}, headers: {}, files: [] },
      context,
    ),
};

it.each(Object.entries(calls))('%s: commits all changes or none if the connection breaks before any statement', async (_name, call) => {
  const tenant = await givenTenant(server);
  for (const key of ['a', 'b', 'c']) await givenFactTenant(tenant, key);
  await givenUser(tenant, { key: 'ann', role_assignments: [admin('a'), admin('b')] });
  const before = await rowsOf(server.db);
  for (let failAt = 1; ; failAt++) {
    const { db, uses } = disconnectingDb(server.db, failAt, 'before');
    const failure = await call(await contextOf(tenant, db)).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (uses() < failAt) {
      expect(failure).toBeUndefined();
      break;
    }
    expect(failure).toContain('Connection lost');
    // The commit succeeded and the break came while the response was read, so all changes are stored.
    const after = await rowsOf(server.db);
    if (JSON.stringify(after) !== JSON.stringify(before)) break;
  }
  expect(await factInconsistencies(server)).toEqual([]);
  expect(await rowsOf(server.db)).not.toEqual(before);
});

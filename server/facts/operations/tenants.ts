import type {
  AddTenantUserData,
  AddTenantUserResponses,
  CreateTenantData,
  CreateTenantResponses,
  DeleteTenantData,
  DeleteTenantResponses,
  GetTenantData,
  GetTenantResponses,
  ListTenantsData,
  ListTenantsResponses,
  ListTenantUsersData,
  ListTenantUsersResponses,
  RemoveTenantUserData,
  RemoveTenantUserResponses,
  ReplaceTenantData,
  ReplaceTenantResponses,
  TenantReplace,
  UpdateTenantData,
  UpdateTenantResponses,
} from '../../../generated/types.gen.ts';
import { authorize, permissionFor } from '../../access/permissions.ts';
import { notFound, orNotFound } from '../../common/errors.ts';
import { presentV2Page, v2SliceOf } from '../../common/page.ts';
import { recordEntryChanges } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { inTransaction } from '../../database/transactions.ts';
import { callerOf, environmentOf, type Handler } from '../../handler.ts';
import { checkAttributes, checkKeyInPath, checkNewKey, orTooManyMatches } from '../check-input.ts';
import { presentTenant, presentUser, presentUsersOfPage } from '../present-facts.ts';
import { retryOnDuplicateKey } from '../retry.ts';
import { deleteSomeOfTenant, insertDeletedTenant } from '../store/deleted-tenants.ts';
import { deleteMemberships, memberEntry } from '../store/fact-roles.ts';
import * as store from '../store/fact-tenants.ts';
import { findUser, listTenantUsers as listUsersOf, lockUserByKey, touchUsers } from '../store/fact-users.ts';
import { addUser, changeMemberships, roleAssignmentFields } from '../user-changes.ts';

const kind = 'Tenant';

const tenantOf = async (db: Db, environmentId: string, keyOrId: string, options?: { lock: boolean }): Promise<store.FactTenantRow> =>
  orNotFound(await store.findTenant(db, environmentId, keyOrId, options), kind, keyOrId, 'tenants');

const valuesOf = ({ name, description = null, attributes = {} }: TenantReplace): store.FactTenantValues => ({
  name,
  description,
  attributes,
});

async function addTenant(trx: Db, now: Date, environmentId: string, key: string, body: TenantReplace): Promise<store.FactTenantRow> {
  const row = await store.insertTenant(trx, now, { environment_id: environmentId, tenant_key: key, ...valuesOf(body) });
  await recordEntryChanges(trx, [store.tenantEntry(row, 1)]);
  return row;
}

export const listTenants: Handler<ListTenantsData, ListTenantsResponses> = async ({ query }, context) => {
  const environment = environmentOf(context);
  const found = await store.listTenants(context.db, environment.id, { search: query.search, ...v2SliceOf(query) });
  const { rows, totalCount } = orTooManyMatches(found);
  const tenants = rows.map((row) => presentTenant(environment, row));
  return { status: 200, body: query.include_total_count ? presentV2Page(tenants, totalCount, query) : tenants };
};

export const getTenant: Handler<GetTenantData, GetTenantResponses> = async ({ path }, context) => {
  const environment = environmentOf(context);
  return { status: 200, body: presentTenant(environment, await tenantOf(context.db, environment.id, path.tenantId)) };
};

export const createTenant: Handler<CreateTenantData, CreateTenantResponses> = async ({ body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const { status, row } = await retryOnDuplicateKey(async () => {
    const found = await store.findTenantByKey(context.db, environment.id, body.key);
    if (found) return { status: 200 as const, row: found };
    const added = await inTransaction(context.db, (trx) => addTenant(trx, context.now, environment.id, body.key, body));
    return { status: 201 as const, row: added };
  });
  return { status, body: presentTenant(environment, row) };
};

export const replaceTenant: Handler<ReplaceTenantData, ReplaceTenantResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const replaceOrAdd = () =>
    inTransaction(context.db, async (trx) => {
      const found = await store.findTenant(trx, environment.id, path.tenantId, { lock: true });
      checkKeyInPath('tenantId', path.tenantId, body.key, found?.tenant_key);
      if (!found) authorize({ resource: 'tenants', action: 'create' }, callerOf(context));
      return found
        ? { status: 200 as const, row: await store.updateTenant(trx, context.now, found, valuesOf(body)) }
        : { status: 201 as const, row: await addTenant(trx, context.now, environment.id, path.tenantId, body) };
    });
  const { status, row } = await retryOnDuplicateKey(replaceOrAdd);
  return { status, body: presentTenant(environment, row) };
};

export const updateTenant: Handler<UpdateTenantData, UpdateTenantResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const row = await inTransaction(context.db, async (trx) =>
    store.updateTenant(trx, context.now, await tenantOf(trx, environment.id, path.tenantId, { lock: true }), body),
  );
  return { status: 200, body: presentTenant(environment, row) };
};

export const deleteTenant: Handler<DeleteTenantData, DeleteTenantResponses> = async ({ path }, context) => {
  const environment = environmentOf(context);
  const { id } = await inTransaction(context.db, async (trx) => {
    const tenant = await tenantOf(trx, environment.id, path.tenantId, { lock: true });
    await store.deleteTenant(trx, tenant);
    await insertDeletedTenant(trx, tenant.id);
    await recordEntryChanges(trx, [store.tenantEntry(tenant, -1)]);
    return tenant;
  });
  // Completes the deletion of a small tenant. A job deletes what remains.
  await deleteSomeOfTenant(context.db, context.now, id);
  return { status: 204, body: undefined };
};

export const listTenantUsers: Handler<ListTenantUsersData, ListTenantUsersResponses> = async ({ path, query }, context) => {
  const environment = environmentOf(context);
  const { permissions } = callerOf(context);
  const tenant = await store.findTenant(context.db, environment.id, path.tenantId);
  if (!tenant) {
    // The response does not tell a caller who may not read tenants whether a tenant without users exists.
    if (permissions && !permissionFor(permissions, { resource: 'tenants', action: 'read' }))
      return { status: 200, body: presentV2Page([], 0, query) };
    throw notFound(kind, path.tenantId, 'tenants');
  }
  const { rows, totalCount } = await listUsersOf(context.db, tenant.id, v2SliceOf(query));
  return { status: 200, body: presentV2Page(await presentUsersOfPage(context.db, environment, rows), totalCount, query) };
};

export const addTenantUser: Handler<AddTenantUserData, AddTenantUserResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const joinOrAdd = () =>
    inTransaction(context.db, async (trx) => {
      const joinedTenant = await tenantOf(trx, environment.id, path.tenantId);
      const found = await lockUserByKey(trx, environment.id, body.key);
      if (!found) {
        checkNewKey('key', body.key);
        return { status: 201 as const, row: await addUser(trx, context.now, environment.id, body, joinedTenant) };
      }
      authorize({ resource: 'users', action: 'update' }, callerOf(context));
      const roles = body.role_assignments ?? [];
      const { tenantField, limitField } = roleAssignmentFields;
      const change = { roles, joinedTenant, tenantField, limitField: roles.length > 0 ? limitField : 'tenantId' };
      const { entries, row } = await changeMemberships(trx, context.now, found, change);
      await recordEntryChanges(trx, entries);
      return { status: 200 as const, row };
    });
  const { status, row } = await retryOnDuplicateKey(joinOrAdd);
  return { status, body: await presentUser(context.db, environment, row) };
};

export const removeTenantUser: Handler<RemoveTenantUserData, RemoveTenantUserResponses> = async ({ path }, context) => {
  const environment = environmentOf(context);
  await inTransaction(context.db, async (trx) => {
    const user = await findUser(trx, environment.id, path.userId, { lock: true });
    const tenant = await tenantOf(trx, environment.id, path.tenantId, { lock: true });
    if (!user) throw notFound('User', path.userId, 'users');
    if ((await deleteMemberships(trx, { tenant_id: tenant.id, user_id: user.id })) === 0)
      throw notFound('Member', path.userId, 'users', ['associated_tenants']);
    await touchUsers(trx, context.now, [user.id]);
    await store.touchTenants(trx, context.now, [tenant.id]);
    await recordEntryChanges(trx, [memberEntry(tenant.id, user.user_key, -1)]);
  });
  return { status: 204, body: undefined };
};

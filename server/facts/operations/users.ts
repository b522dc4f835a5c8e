import type {
  AssignRoleData,
  AssignRoleResponses,
  CreateUserData,
  CreateUserResponses,
  DeleteUserData,
  DeleteUserResponses,
  GetUserData,
  GetUserResponses,
  ListUsersData,
  ListUsersResponses,
  ReplaceUserData,
  ReplaceUserResponses,
  UnassignRoleData,
  UnassignRoleResponses,
  UpdateUserData,
  UpdateUserResponses,
} from '../../../generated/types.gen.ts';
import { authorize } from '../../access/permissions.ts';
import { conflictOnDuplicateKey } from '../../common/conflicts.ts';
import { notFound, orNotFound } from '../../common/errors.ts';
import { presentV2Page, v2SliceOf } from '../../common/page.ts';
import { recordEntryChanges } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { inTransaction } from '../../database/transactions.ts';
import { callerOf, environmentOf, type Handler } from '../../handler.ts';
import { checkAttributes, checkKeyInPath, orTooManyMatches } from '../check-input.ts';
import { presentRoleAssignment, presentUser, presentUsersOfPage } from '../present-facts.ts';
import { retryOnDuplicateKey } from '../retry.ts';
import { deleteMemberships, deleteRoles, type FactRole, findRole, listTenantIdsOf, memberEntry } from '../store/fact-roles.ts';
import { findTenant, lockTenants, touchTenants } from '../store/fact-tenants.ts';
import * as store from '../store/fact-users.ts';
import { addUser, changeMemberships, roleAssignmentFields, userValuesOf } from '../user-changes.ts';

const kind = 'User';

const userOf = async (db: Db, environmentId: string, keyOrId: string, options?: { lock: boolean }): Promise<store.FactUserRow> =>
  orNotFound(await store.findUser(db, environmentId, keyOrId, options), kind, keyOrId, 'users');

export const listUsers: Handler<ListUsersData, ListUsersResponses> = async ({ query }, context) => {
  const environment = environmentOf(context);
  const found = await store.listUsers(context.db, environment.id, { search: query.search, ...v2SliceOf(query) });
  const { rows, totalCount } = orTooManyMatches(found);
  return { status: 200, body: presentV2Page(await presentUsersOfPage(context.db, environment, rows), totalCount, query) };
};

export const getUser: Handler<GetUserData, GetUserResponses> = async ({ path }, context) => {
  const environment = environmentOf(context);
  const row = await userOf(context.db, environment.id, path.userId);
  return { status: 200, body: await presentUser(context.db, environment, row) };
};

export const createUser: Handler<CreateUserData, CreateUserResponses> = async ({ body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const row = await conflictOnDuplicateKey('User', 'users', body.key, () =>
    inTransaction(context.db, (trx) => addUser(trx, context.now, environment.id, body)),
  );
  return { status: 201, body: await presentUser(context.db, environment, row) };
};

export const replaceUser: Handler<ReplaceUserData, ReplaceUserResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const replaceOrAdd = () =>
    inTransaction(context.db, async (trx) => {
      const found = await store.findUser(trx, environment.id, path.userId, { lock: true });
      checkKeyInPath('userId', path.userId, body.key, found?.user_key);
      if (!found) {
        authorize({ resource: 'users', action: 'create' }, callerOf(context));
        return { status: 201 as const, row: await addUser(trx, context.now, environment.id, { ...body, key: path.userId }) };
      }
      const row = await store.updateUser(trx, context.now, found, userValuesOf(body));
      if (body.role_assignments) {
        const change = { roles: body.role_assignments, isReplacement: true, ...roleAssignmentFields };
        await recordEntryChanges(trx, (await changeMemberships(trx, context.now, row, change)).entries);
      }
      return { status: 200 as const, row };
    });
  const { status, row } = await retryOnDuplicateKey(replaceOrAdd);
  return { status, body: await presentUser(context.db, environment, row) };
};

export const updateUser: Handler<UpdateUserData, UpdateUserResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  checkAttributes(body.attributes);
  const row = await inTransaction(context.db, async (trx) =>
    store.updateUser(trx, context.now, await userOf(trx, environment.id, path.userId, { lock: true }), body),
  );
  return { status: 200, body: await presentUser(context.db, environment, row) };
};

export const deleteUser: Handler<DeleteUserData, DeleteUserResponses> = async ({ path }, context) => {
  const environment = environmentOf(context);
  await inTransaction(context.db, async (trx) => {
    const user = await userOf(trx, environment.id, path.userId, { lock: true });
    // Only of tenants that still exist: the members of a deleted one are no longer counted.
    const tenantIds = [...(await lockTenants(trx, await listTenantIdsOf(trx, user.id))).keys()];
    await touchTenants(trx, context.now, tenantIds);
    await deleteMemberships(trx, { user_id: user.id });
    await store.deleteUser(trx, user);
    await recordEntryChanges(trx, [store.userEntry(user, -1), ...tenantIds.map((id) => memberEntry(id, user.user_key, -1))]);
  });
  return { status: 204, body: undefined };
};

export const assignRole: Handler<AssignRoleData, AssignRoleResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  const assigned = await inTransaction(context.db, async (trx) => {
    const user = await userOf(trx, environment.id, path.userId, { lock: true });
    const change = { roles: [body], tenantField: () => 'tenant', limitField: 'tenant' };
    const { entries } = await changeMemberships(trx, context.now, user, change);
    const tenant = await findTenant(trx, environment.id, body.tenant);
    const role = tenant && (await findRole(trx, user.id, tenant.id, body.role));
    if (!role) throw new Error(`The role ${body.role} is missing although it was just assigned`);
    await recordEntryChanges(trx, entries);
    return presentRoleAssignment(environment, user, tenant, role);
  });
  return { status: 200, body: assigned };
};

export const unassignRole: Handler<UnassignRoleData, UnassignRoleResponses> = async ({ path, body }, context) => {
  const environment = environmentOf(context);
  await inTransaction(context.db, async (trx) => {
    const user = await userOf(trx, environment.id, path.userId, { lock: true });
    const tenant = await findTenant(trx, environment.id, body.tenant, { lock: true });
    const role: FactRole | undefined = tenant && (await findRole(trx, user.id, tenant.id, body.role));
    if (!tenant || !role) throw notFound('Role', `${body.role} in ${body.tenant}`, 'users', ['roles']);
    await deleteRoles(trx, [role.id]);
    await touchTenants(trx, context.now, [tenant.id]);
    await store.touchUsers(trx, context.now, [user.id]);
  });
  return { status: 204, body: undefined };
};

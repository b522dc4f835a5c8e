import type { RoleAssignmentInput, UserCreate, UserReplace } from '../../generated/types.gen.ts';
import { invalid, notFound } from '../common/errors.ts';
import { type EntryChange, recordEntryChanges } from '../database/counted-lists.ts';
import type { Db } from '../database/database.ts';
import { deleteRoles, insertMembers, insertRoles, listMemberships, memberEntry, membershipsMax } from './store/fact-roles.ts';
import { type FactTenantRow, findTenantIds, lockTenants, touchTenants } from './store/fact-tenants.ts';
import { type FactUserRow, type FactUserValues, insertUser, updateUser, userEntry } from './store/fact-users.ts';

interface MembershipsChange {
  roles: RoleAssignmentInput[];
  /** Removes all roles that are not among `roles`. */
  isReplacement?: boolean;
  /** A tenant that the user joins, with or without roles. */
  joinedTenant?: FactTenantRow;
  /** The request field that an error names for a tenant that does not exist, by the index of its role. */
  tenantField: (index: number) => string;
  /** The request field that an error names if the user would have too many tenants or roles. */
  limitField: string;
}

export const roleAssignmentFields = {
  tenantField: (index: number) => `role_assignments.${index}.tenant`,
  limitField: 'role_assignments',
};

const tenantIdsOf = (trx: Db, environmentId: string, roles: RoleAssignmentInput[]): Promise<Map<string, string>> =>
  findTenantIds(
    trx,
    environmentId,
    roles.map(({ tenant }) => tenant),
  );

function checkTenants(
  roles: RoleAssignmentInput[],
  isKnown: (tenant: string) => boolean,
  tenantField: MembershipsChange['tenantField'],
): void {
  const errors = roles.flatMap(({ tenant }, index) =>
    isKnown(tenant)
      ? []
      : [{ field: tenantField(index), message: 'Tenant does not exist', reveals: [{ resource: 'tenants', fields: [] }] }],
  );
  if (errors.length > 0) throw invalid(errors);
}

interface TenantRole {
  tenant_id: string;
  role: string;
}
const roleKeyOf = ({ tenant_id, role }: TenantRole) => `${tenant_id} ${role}`;

/** The requested roles in tenants that exist, each once. */
const requestedRolesOf = (roles: RoleAssignmentInput[], tenantIds: Map<string, string>): Map<string, TenantRole> =>
  new Map(
    roles.flatMap(({ tenant, role }) => {
      const tenant_id = tenantIds.get(tenant);
      return tenant_id ? [[roleKeyOf({ tenant_id, role }), { tenant_id, role }] as const] : [];
    }),
  );

/**
 * Adds and removes roles of a user. The user becomes a member of each tenant in which it gets a role.
 *
 * Returns the updated user, and the changes for `recordEntryChanges`. The user must be locked or new. The tenants are locked here, after the user:
 * all code locks users before tenants, so that transactions do not deadlock.
 */
export async function changeMemberships(
  trx: Db,
  now: Date,
  user: FactUserRow,
  { roles, isReplacement = false, joinedTenant, tenantField, limitField }: MembershipsChange,
): Promise<{ row: FactUserRow; entries: EntryChange[] }> {
  const tenantIds = await tenantIdsOf(trx, user.environment_id, roles);
  const memberships = (await listMemberships(trx, [user.id])).get(user.id) ?? [];
  const requestedRoles = requestedRolesOf(roles, tenantIds);
  const currentRoles = memberships.flatMap(({ tenant_id, roles }) => roles.map((role) => ({ ...role, tenant_id })));
  const currentKeys = new Set(currentRoles.map(roleKeyOf));
  const addedRoles = [...requestedRoles].flatMap(([key, role]) => (currentKeys.has(key) ? [] : [role]));
  const removedRoles = isReplacement ? currentRoles.filter((role) => !requestedRoles.has(roleKeyOf(role))) : [];

  const neededTenantIds = [...tenantIds.values(), ...(joinedTenant ? [joinedTenant.id] : [])];
  const lockedTenants = await lockTenants(trx, [...neededTenantIds, ...removedRoles.map(({ tenant_id }) => tenant_id)]);
  if (joinedTenant && !lockedTenants.has(joinedTenant.id)) throw notFound('Tenant', joinedTenant.tenant_key, 'tenants');
  checkTenants(roles, (tenant) => lockedTenants.has(tenantIds.get(tenant) ?? ''), tenantField);

  const currentTenantIds = new Set(memberships.map(({ tenant_id }) => tenant_id));
  const newTenants = [...new Set(neededTenantIds)].flatMap((id) => (currentTenantIds.has(id) ? [] : (lockedTenants.get(id) ?? [])));
  const exceedsLimit =
    memberships.length + newTenants.length > membershipsMax ||
    currentRoles.length + addedRoles.length - removedRoles.length > membershipsMax;
  if (exceedsLimit && newTenants.length + addedRoles.length > 0)
    throw invalid({
      field: limitField,
      message: `A user has at most ${membershipsMax} tenants and ${membershipsMax} roles`,
      reveals: [{ resource: 'users', fields: ['associated_tenants', 'roles'] }],
    });

  await insertMembers(trx, user, newTenants);
  await deleteRoles(
    trx,
    removedRoles.map(({ id }) => id),
  );
  await insertRoles(trx, now, user.id, addedRoles);
  const changedTenantIds = new Set([
    ...newTenants.map(({ id }) => id),
    ...addedRoles.map(({ tenant_id }) => tenant_id),
    ...removedRoles.map(({ tenant_id }) => tenant_id),
  ]);
  if (changedTenantIds.size === 0) return { row: user, entries: [] };
  await touchTenants(trx, now, [...changedTenantIds]);
  return { row: await updateUser(trx, now, user, {}), entries: newTenants.map(({ id }) => memberEntry(id, user.user_key, 1)) };
}

/** Returns the column values of a replacement. Fields that were not sent are reset. */
export const userValuesOf = (body: UserReplace): FactUserValues => ({
  email: body.email ?? null,
  first_name: body.first_name ?? null,
  last_name: body.last_name ?? null,
  attributes: body.attributes ?? {},
});

/** Creates a user with its roles, optionally as a member of a tenant. Throws a duplicate key error if the key is taken. */
export async function addUser(
  trx: Db,
  now: Date,
  environmentId: string,
  body: UserCreate,
  joinedTenant?: FactTenantRow,
): Promise<FactUserRow> {
  const roles = body.role_assignments ?? [];
  const tenantIds = await tenantIdsOf(trx, environmentId, roles);
  // Checked before the insert: if requests for the same key wait for an insert that is rolled back, MySQL lets only one of them continue.
  checkTenants(roles, (tenant) => tenantIds.has(tenant), roleAssignmentFields.tenantField);
  const user = await insertUser(trx, now, { environment_id: environmentId, user_key: body.key, ...userValuesOf(body) });
  const change = { roles, ...(joinedTenant && { joinedTenant }), ...roleAssignmentFields };
  const { entries } = roles.length > 0 || joinedTenant ? await changeMemberships(trx, now, user, change) : { entries: [] };
  await recordEntryChanges(trx, [userEntry(user, 1), ...entries]);
  return user;
}

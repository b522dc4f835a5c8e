import type { RoleAssignmentInput, UserCreate, UserReplace } from '../../generated/types.gen.ts';
import { invalid, notFound } from '../common/errors.ts';
import { countEntries, type EntryChange } from '../database/counted-lists.ts';
import type { Db } from '../database/database.ts';
import { deleteRoles, insertMembers, insertRoles, listMemberships, memberEntry } from './store/fact-roles.ts';
import { type FactTenantRow, findTenantIds, lockTenants, touchTenants } from './store/fact-tenants.ts';
import { type FactUserRow, type FactUserValues, insertUser, updateUser, userEntry } from './store/fact-users.ts';

export interface MembershipsChange {
  roles: RoleAssignmentInput[];
  /** Takes all roles that are not among `roles`. */
  isWhole?: boolean;
  /** A tenant to be a member of, with or without roles. */
  joins?: FactTenantRow;
  /** The fields to blame: for a tenant that does not exist, by the number of its role, and for what becomes too much. */
  tenantField: (index: number) => string;
  limitField: string;
}

export const roleAssignmentFields = {
  tenantField: (index: number) => `role_assignments.${index}.tenant`,
  limitField: 'role_assignments',
};

const placesMax = 1000;

const idsOf = (trx: Db, environmentId: string, roles: RoleAssignmentInput[]): Promise<Map<string, string>> =>
  findTenantIds(
    trx,
    environmentId,
    roles.map(({ tenant }) => tenant),
  );

const unknownTenants = (
  roles: RoleAssignmentInput[],
  isKnown: (tenant: string) => boolean,
  tenantField: MembershipsChange['tenantField'],
) => {
  const faults = roles.flatMap(({ tenant }, index) =>
    isKnown(tenant) ? [] : [{ field: tenantField(index), message: 'Tenant does not exist' }],
  );
  return faults.length > 0 ? invalid(...faults) : undefined;
};

/**
 * Gives a user roles, and a place in each of their tenants; answers the user as it then is, and what `countEntries` has to know.
 *
 * The user must be locked or new, and tenants are locked here: users before tenants, everywhere, so that nobody waits in a circle.
 */
export async function changeMemberships(
  trx: Db,
  now: Date,
  user: FactUserRow,
  { roles, isWhole = false, joins, tenantField, limitField }: MembershipsChange,
): Promise<{ row: FactUserRow; entries: EntryChange[] }> {
  const tenantIds = await idsOf(trx, user.environment_id, roles);
  const places = (await listMemberships(trx, [user.id])).get(user.id) ?? [];
  const nameOf = (tenantId: string, role: string) => `${tenantId} ${role}`;
  const wanted = new Map(
    roles.flatMap(({ tenant, role }) => {
      const tenant_id = tenantIds.get(tenant);
      return tenant_id ? [[nameOf(tenant_id, role), { tenant_id, role }] as const] : [];
    }),
  );
  const held = places.flatMap(({ tenant_id, roles }) => roles.map((role) => ({ ...role, tenant_id })));
  const heldNames = new Set(held.map(({ tenant_id, role }) => nameOf(tenant_id, role)));
  const given = [...wanted].flatMap(([name, role]) => (heldNames.has(name) ? [] : [role]));
  const taken = isWhole ? held.filter(({ tenant_id, role }) => !wanted.has(nameOf(tenant_id, role))) : [];

  const needed = [...tenantIds.values(), ...(joins ? [joins.id] : [])];
  const locked = await lockTenants(trx, [...needed, ...taken.map(({ tenant_id }) => tenant_id)]);
  if (joins && !locked.has(joins.id)) throw notFound('Tenant', joins.tenant_key);
  const fault = unknownTenants(roles, (tenant) => locked.has(tenantIds.get(tenant) ?? ''), tenantField);
  if (fault) throw fault;

  const memberOf = new Set(places.map(({ tenant_id }) => tenant_id));
  const joined = [...new Set(needed)].flatMap((id) => (memberOf.has(id) ? [] : (locked.get(id) ?? [])));
  const isTooMuch = places.length + joined.length > placesMax || held.length + given.length - taken.length > placesMax;
  if (isTooMuch && joined.length + given.length > 0)
    throw invalid({ field: limitField, message: `A user has at most ${placesMax} tenants and ${placesMax} roles` });

  await insertMembers(trx, user, joined);
  await deleteRoles(
    trx,
    taken.map(({ id }) => id),
  );
  await insertRoles(trx, now, user.id, given);
  const changed = new Set([
    ...joined.map(({ id }) => id),
    ...given.map(({ tenant_id }) => tenant_id),
    ...taken.map(({ tenant_id }) => tenant_id),
  ]);
  if (changed.size === 0) return { row: user, entries: [] };
  await touchTenants(trx, now, [...changed]);
  return { row: await updateUser(trx, now, user, {}), entries: joined.map(({ id }) => memberEntry(id, user.user_key, 1)) };
}

/** What is left out is reset. */
export const userValuesOf = (body: UserReplace): FactUserValues => ({
  email: body.email ?? null,
  first_name: body.first_name ?? null,
  last_name: body.last_name ?? null,
  attributes: body.attributes ?? {},
});

/** A new user with all that it begins with. Throws a duplicate key when the key is taken. */
export async function addUser(trx: Db, now: Date, environmentId: string, body: UserCreate, joins?: FactTenantRow): Promise<FactUserRow> {
  const roles = body.role_assignments ?? [];
  const tenantIds = await idsOf(trx, environmentId, roles);
  // Looked at before anything is written: of many who wait for one that takes its insertion back, MySQL lets but one go on.
  const fault = unknownTenants(roles, (tenant) => tenantIds.has(tenant), roleAssignmentFields.tenantField);
  if (fault) throw fault;
  const user = await insertUser(trx, now, { environment_id: environmentId, user_key: body.key, ...userValuesOf(body) });
  const change = { roles, ...(joins && { joins }), ...roleAssignmentFields };
  const { entries } = roles.length > 0 || joins ? await changeMemberships(trx, now, user, change) : { entries: [] };
  await countEntries(trx, [userEntry(user, 1), ...entries]);
  return user;
}

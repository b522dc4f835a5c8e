import type { RoleAssignment, Tenant, User } from '../../generated/types.gen.ts';
import type { Db } from '../database/database.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import type { Environment } from '../organizations/store/environments.ts';
import { type FactRole, listMemberships } from './store/fact-roles.ts';
import type { FactTenantRow } from './store/fact-tenants.ts';
import type { FactUserRow } from './store/fact-users.ts';

const presentEnvironment = ({ id, project_id, organization_id }: Environment) => ({ organization_id, project_id, environment_id: id });

/** Maximum number of tenants, and of roles, that a list shows of each user. Together with `per_page`, it limits the size of a page. */
const shownMax = 100;

/** Presents users with their first tenants and roles. Reads the memberships of all of them with one query. */
export const presentUsersOfPage = (db: Db, environment: Environment, rows: FactUserRow[]): Promise<User[]> =>
  presentUsers(db, environment, rows, shownMax);

/** Presents a user with all its tenants and roles. */
export const presentUser = async (db: Db, environment: Environment, row: FactUserRow): Promise<User> =>
  (await presentUsers(db, environment, [row]))[0] as User;

async function presentUsers(db: Db, environment: Environment, rows: FactUserRow[], membershipsShown?: number): Promise<User[]> {
  const memberships = await listMemberships(
    db,
    rows.map(({ id }) => id),
    membershipsShown,
  );
  return rows.map((row) => {
    const userMemberships = memberships.get(row.id) ?? [];
    return {
      id: row.id,
      key: row.user_key,
      ...presentEnvironment(environment),
      created_at: isoOf(row.created_at),
      updated_at: isoOf(row.updated_at),
      email: row.email,
      first_name: row.first_name,
      last_name: row.last_name,
      attributes: row.attributes,
      associated_tenants: userMemberships.map(({ tenant_key, roles }) => ({
        tenant: tenant_key,
        roles: roles.map(({ role }) => role),
        status: 'active',
        resource_instance_roles: [],
      })),
      roles: userMemberships.flatMap(({ tenant_key, roles }) => roles.map(({ role }) => ({ role, tenant: tenant_key }))),
    };
  });
}

export const presentTenant = (environment: Environment, row: FactTenantRow): Tenant => ({
  id: row.id,
  key: row.tenant_key,
  name: row.name,
  description: row.description,
  attributes: row.attributes,
  ...presentEnvironment(environment),
  created_at: isoOf(row.created_at),
  updated_at: isoOf(row.updated_at),
  last_action_at: isoOrNull(row.last_action_at),
});

export const presentRoleAssignment = (
  environment: Environment,
  user: FactUserRow,
  tenant: FactTenantRow,
  { id, role, created_at }: FactRole,
): RoleAssignment => ({
  id,
  user: user.user_key,
  role,
  tenant: tenant.tenant_key,
  user_id: user.id,
  tenant_id: tenant.id,
  ...presentEnvironment(environment),
  created_at: isoOf(created_at),
});

import { recordEntryChanges } from '../database/counted-lists.ts';
import type { Db } from '../database/database.ts';
import { inTransaction } from '../database/transactions.ts';
import { insertMembers, insertRoles, memberEntry } from '../facts/store/fact-roles.ts';
import { type FactTenantRow, insertTenant, tenantEntry } from '../facts/store/fact-tenants.ts';
import { type FactUserRow, insertUser, userEntry } from '../facts/store/fact-users.ts';

const janeId = '7c1d2e3f-4a5b-4c6d-8e7f-8a9b0c1d2e3f';
const adminRoleId = '8d2e3f4a-5b6c-4d7e-8f9a-9b0c1d2e3f4a';
const stripeId = '9e3f4a5b-6c7d-4e8f-9a0b-0c1d2e3f4a5b';

/** Inserts the users and tenants of the contract's examples, and a few more so that lists have several items. */
export async function seedFacts(
  db: Db,
  { environmentId }: { organizationId: string; projectId: string; environmentId: string },
): Promise<void> {
  const created = new Date('2026-01-05T09:00:00Z');
  const environment = { environment_id: environmentId };
  await inTransaction(db, async (trx) => {
    const tenant = (tenantValues: Omit<Parameters<typeof insertTenant>[2], 'environment_id' | 'description'>) =>
      insertTenant(trx, created, { ...environment, description: null, ...tenantValues });
    const user = (
      user_key: string,
      first_name: string,
      last_name: string,
      email: string,
      values: Pick<FactUserRow, 'attributes'> & { id?: string },
    ) => insertUser(trx, created, { ...environment, user_key, first_name, last_name, email, ...values });

    const stripeinc = await tenant({
      id: stripeId,
      tenant_key: 'stripeinc',
      name: 'Stripe Inc',
      attributes: { allowed_locations: ['US', 'CA'] },
    });
    const othercompany = await tenant({ tenant_key: 'othercompany', name: 'Other Company', attributes: {} });
    const users = [
      await user('user|892179821739812389327', 'Jane', 'Doe', 'jane@coolcompany.com', {
        id: janeId,
        attributes: { department: 'marketing', age: 30, subscription: { tier: 'pro', expired: false } },
      }),
      await user('maria.garcia@coolcompany.com', 'Maria', 'García', 'maria.garcia@coolcompany.com', {
        attributes: { department: 'sales' },
      }),
      await user('user|500000000000000000001', 'Sam', 'Okafor', 'sam@othercompany.example', { attributes: {} }),
    ] as const;

    const memberships: [FactUserRow, FactTenantRow, { role: string; id?: string }[]][] = [
      [users[0], stripeinc, [{ id: adminRoleId, role: 'admin' }]],
      [users[1], stripeinc, [{ role: 'viewer' }]],
      [users[1], othercompany, []],
      [users[2], othercompany, [{ role: 'admin' }, { role: 'billing' }]],
    ];
    for (const [user, tenant, roles] of memberships) {
      await insertMembers(trx, user, [tenant]);
      await insertRoles(
        trx,
        created,
        user.id,
        roles.map((role) => ({ tenant_id: tenant.id, ...role })),
      );
    }
    await recordEntryChanges(trx, [
      ...users.map((row) => userEntry(row, 1)),
      ...[stripeinc, othercompany].map((row) => tenantEntry(row, 1)),
      ...memberships.map(([{ user_key }, { id }]) => memberEntry(id, user_key, 1)),
    ]);
  });
}

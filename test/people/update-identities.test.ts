import { beforeEach, expect, it } from 'vitest';
import type { Identity } from '../../generated/types.gen.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { lockIdentity, updateIdentity } from '../../server/people/store/identities.ts';
import type { IdentityAttributes } from '../../server/people/store/identity-rows.ts';
import { importCounts } from '../support/builds.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import {
  type Directory,
  findIdentityByLastName,
  givenDirectory,
  importPeople,
  listAllIdentities,
  miscountedIdentityLists,
  type Person,
  storedIdentities,
} from '../support/given-directories.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
let directory: Directory;
beforeEach(async () => {
  tenant = await givenTenant(server);
  directory = await givenDirectory(server, tenant);
});

const importDirectory = (...people: Person[]) => importPeople(server, directory, ...people);
const shown = async () => (await listAllIdentities(tenant)).map(({ lastName, status }) => `${lastName} ${status}`);
const chen = async () => (await findIdentityByLastName(tenant, 'Chen')) as Identity;
/** Changes an identity as an event would. */
const changeIdentity = (id: string, changes: Partial<IdentityAttributes>) =>
  inTransaction(server.db, async (trx) =>
    updateIdentity(trx, (await lockIdentity(trx, id)) as NonNullable<Awaited<ReturnType<typeof lockIdentity>>>, changes),
  );
const passDay = () => {
  server.clock.now = new Date(server.clock.now.getTime() + 86_400_000);
  return server.clock.now.toISOString();
};

it('adds, changes, removes and restores identities, each with a stable id', async () => {
  const firstSeen = passDay();
  const { metrics } = await importDirectory(
    { No: '1', Last: 'Adams', Title: 'Teller' },
    { No: '2', Last: 'Baker' },
    { No: '3', Last: 'Clark' },
  );
  expect(metrics?.identities).toEqual(importCounts(3, 3, 0, 0, 0, 0));
  expect(await shown()).toEqual(['Adams Active', 'Baker Active', 'Clark Active']);
  const before = await listAllIdentities(tenant);

  const removed = passDay();
  await importDirectory({ No: '1', Last: 'Adams', Title: 'Manager' }, { No: '3', Last: 'Clark' }, { No: '4', Last: 'Dunn' });
  const after = await listAllIdentities(tenant);
  expect(after).toEqual([
    { ...before[0], title: 'Manager' },
    { ...before[1], status: 'Removed', inactivatedDate: removed },
    before[2],
    { ...before[2], id: expect.any(String), lastName: 'Dunn', firstSeenDate: removed },
  ]);
  passDay();
  await importDirectory({ No: '1', Last: 'Adams', Title: 'Manager' }, { No: '3', Last: 'Clark' }, { No: '4', Last: 'Dunn' });
  expect(await listAllIdentities(tenant)).toEqual(after);
  await importDirectory({ No: '2', Last: 'Bakker', Title: 'CEO' });
  const back = await findIdentityByLastName(tenant, 'Bakker');
  expect(back).toEqual({
    ...before[1],
    lastName: 'Bakker',
    title: 'CEO',
    status: 'Active',
    inactivatedDate: null,
    firstSeenDate: firstSeen,
  });
  expect(await shown()).toEqual(['Adams Removed', 'Bakker Active', 'Clark Removed', 'Dunn Removed']);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

it('changes nothing if the same file is imported again, also in another order', async () => {
  const people = [{ No: '1', Last: 'Adams', Boss: '2', Created: '2020-01-01' }, { No: '2', Last: 'Baker', State: 'disabled' }, { No: '3' }];
  await importDirectory(...people);
  const before = await storedIdentities(server, tenant);
  passDay();
  for (const rows of [people, people.toReversed()]) {
    expect((await importDirectory(...rows)).metrics?.identities).toEqual(importCounts(3, 0, 0, 0, 3, 0));
    expect(await storedIdentities(server, tenant)).toEqual(before);
  }
});

it('applies only values that changed in the directory; changes by events stay while the record is unchanged', async () => {
  const row = { No: '1', First: 'Sarah', Last: 'Chen', Title: 'Teller', Department: 'Cash', Boss: '2', State: 'Active' };
  await importDirectory(row, { No: '2', Last: 'Martinez' }, { No: '3', Last: 'Olsen' });
  const inactivated = '2026-01-01 00:00:00.000';
  const { id } = await chen();
  const olsen = await findIdentityByLastName(tenant, 'Olsen');
  const event = { status: 'Disabled', inactivated_date: inactivated, title: 'Manager', email_address: 'new@example.com' } as const;
  await changeIdentity(id, { ...event, supervisor_id: olsen?.id as string, supervisor_key: null });
  const changed = await chen();

  await importDirectory(row, { No: '2', Last: 'Martinez' }, { No: '3', Last: 'Olsen', Title: 'x' });
  expect(await chen()).toEqual(changed);
  const department = { ...row, Department: 'Vault' };
  await importDirectory(department, { No: '2', Last: 'Martinez' }, { No: '3', Last: 'Olsen' });
  expect(await chen()).toEqual({ ...changed, department: 'Vault' });
  await importDirectory({ ...department, Boss: '', Title: 'Clerk' }, { No: '2', Last: 'Martinez' }, { No: '3', Last: 'Olsen' });
  expect(await chen()).toEqual({ ...changed, department: 'Vault', supervisorName: null, title: 'Clerk' });
  await importDirectory({ ...department, State: 'Disabled' }, { No: '2', Last: 'Martinez' });
  expect(await chen()).toMatchObject({ status: 'Disabled', inactivatedDate: '2026-01-01T00:00:00.000Z', supervisorName: 'Martinez' });
  await importDirectory({ ...department, State: 'Active' });
  expect(await chen()).toMatchObject({ status: 'Active', inactivatedDate: null });
});

it('overwrites changes by events if a removed identity comes back', async () => {
  await importDirectory({ No: '1', Last: 'Chen', Title: 'Teller' });
  const { id } = await chen();
  await changeIdentity(id, { status: 'Disabled', inactivated_date: '2026-01-01 00:00:00.000', title: 'Manager' });
  await importDirectory();
  expect(await chen()).toMatchObject({ status: 'Removed', inactivatedDate: '2026-01-01T00:00:00.000Z', title: 'Manager' });
  await importDirectory({ No: '1', Last: 'Chen', Title: 'Teller' });
  expect(await chen()).toMatchObject({ id, status: 'Active', inactivatedDate: null, title: 'Teller' });
});

it('finds a supervisor whose row comes later in the file, in a later import, or never', async () => {
  await importDirectory(
    { No: 'a', Last: 'Chen', Boss: 'z' },
    { No: 'b', Last: 'Olsen', Boss: 'y' },
    { No: 'z', First: 'Robert', Last: 'Martinez' },
  );
  expect([(await chen()).supervisorName, (await findIdentityByLastName(tenant, 'Olsen'))?.supervisorName]).toEqual([
    'Martinez, Robert',
    null,
  ]);
  await importDirectory({ No: 'a', Last: 'Chen', Boss: 'z' }, { No: 'b', Last: 'Olsen', Boss: 'y' }, { No: 'y', Last: 'Young' });
  expect([(await chen()).supervisorName, (await findIdentityByLastName(tenant, 'Olsen'))?.supervisorName]).toEqual([
    'Martinez, Robert',
    'Young',
  ]);
  await importDirectory({ No: 'a', Last: 'Chen', Boss: 'a' });
  expect((await chen()).supervisorName).toBe('Chen');
});

it('the next import, even of the same file, syncs all records that a version without identities had imported', async () => {
  const people = [
    { No: '1', Last: 'Adams' },
    { No: '2', Last: 'Baker' },
    { No: '3', Last: 'Clark' },
  ];
  await importDirectory(...people);
  // The state after the migration: the records exist, and none of them is synced.
  await server.db('identities').where({ environment_id: tenant.environmentId }).delete();
  await server.db('list_blocks').where('list', 'like', `["identities",%${tenant.environmentId}%`).delete();
  await server.db('applications').where({ id: directory.id }).update({ synced_generation_id: null });
  expect((await importDirectory(...people.slice(0, 2))).metrics?.identities).toEqual(importCounts(2, 0, 0, 1, 2, 0));
  expect(await shown()).toEqual(['Adams Active', 'Baker Active']);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

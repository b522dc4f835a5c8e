import { beforeEach, expect, it } from 'vitest';
import { completeStage, createOnboardEvent } from '../../generated/sdk.gen.ts';
import type { Identity } from '../../generated/types.gen.ts';
import { importCounts } from '../support/builds.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import {
  type Directory,
  findIdentityByLastName,
  givenDirectory,
  importPeople,
  listAllIdentities,
  miscountedIdentityLists,
} from '../support/given-directories.ts';
import { givenIdentity, today } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
let directory: Directory;
beforeEach(async () => {
  tenant = await givenTenant(server);
  directory = await givenDirectory(server, tenant);
});

const identityNamed = async (lastName: string) => (await findIdentityByLastName(tenant, lastName)) as Identity;
/** An identity that an onboarding created and that belongs to no directory yet. */
async function givenOnboardedIdentity(lastName: string, email: string): Promise<Identity> {
  const identity = { firstName: 'New', lastName, email, title: 'Teller' };
  const { data } = await createOnboardEvent({ client: tenant.writer.client, body: { identity, effectiveDate: today(server) } });
  await completeStage({ client: tenant.writer.client, path: { id: data?.id as string, stage: 'Approval' } });
  return identityNamed(lastName);
}

it('accepts identity types in upper or lower case, with any spacing; an empty type is Employee, an unrecognized type is Unknown', async () => {
  const types: Record<string, string> = {
    '': 'Employee',
    employee: 'Employee',
    'service account': 'Service Account',
    ServiceAccount: 'Service Account',
    ' SERVICE  ACCOUNT ': 'Service Account',
    VENDOR: 'Vendor',
    'mail box': 'Mailbox',
    unknown: 'Unknown',
    Contractor: 'Unknown',
    'Employee?': 'Unknown',
  };
  await importPeople(server, directory, ...Object.keys(types).map((Type, index) => ({ No: `${index}`, Last: `t${index}`, Type })));
  const found = (await listAllIdentities(tenant)).map(({ type }) => type);
  expect(found).toEqual(Object.values(types));
});

it('accepts statuses in upper or lower case, with any spacing; unrecognized statuses are Active', async () => {
  const disabled = ['disabled', 'Inactive', 'TERMINATED', ' Dis Abled ', 'False', '0', 'NO'];
  const active = ['', 'active', 'Enabled', 'yes', '1', 'true', 'on leave', 'not disabled'];
  const row = (State: string, index: number) => ({ No: `${index}`, Last: `s${String(index).padStart(2, '0')}`, State });
  await importPeople(server, directory, ...[...disabled, ...active].map(row));
  const now = server.clock.now.toISOString();
  expect((await listAllIdentities(tenant)).map(({ status, inactivatedDate }) => [status, inactivatedDate])).toEqual([
    ...disabled.map(() => ['Disabled', now]),
    ...active.map(() => ['Active', null]),
  ]);
});

it.each([
  ['2023-03-15', '2023-03-15T00:00:00.000Z'],
  ['2023-03-15T14:30:00Z', '2023-03-15T14:30:00.000Z'],
  ['2023-03-15T14:30:00', '2023-03-15T14:30:00.000Z'],
  ['2023-03-15T14:30', '2023-03-15T14:30:00.000Z'],
  ['2023-03-15T14:30:00.1239', '2023-03-15T14:30:00.123Z'],
  ['2023-03-15T14:30:00+05:30', '2023-03-15T09:00:00.000Z'],
  ['2023-12-31T23:30:00-0100', '2024-01-01T00:30:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['1000-01-01', '1000-01-01T00:00:00.000Z'],
  ['0999-12-31', null],
  ['9999-01-01', null],
  ['2023-13-01', null],
  ['2023-02-30', null],
  ['2023-02-29T00:00:00Z', null],
  ['2023-04-31', null],
  ['2023-03-15T25:00:00Z', null],
  ['2023-03-15T14', null],
  ['2023-03-15 14:30:00', null],
  ['15.03.2023', null],
  ['03/15/2023', null],
  ['yesterday', null],
  ['1678838400', null],
])('parses the date %s as %s', async (text, date) => {
  await importPeople(server, directory, { No: '1', Last: 'Chen', Created: text, Updated: text });
  expect(await identityNamed('Chen')).toMatchObject({ createdDate: date, updatedDate: date });
});

it('rejects rows with a value of more than 256 characters, and accepts 256 characters in any alphabet', async () => {
  const long = (character: string) => character.repeat(256 / character.length);
  const longTexts = { First: long('ß'), Mail: long('É'), Title: long('😀'), Company: long('\\'), Office: long('"'), Department: long('ﷺ') };
  await importPeople(server, directory, { No: 'k'.repeat(512), Last: long('z'), ...longTexts, Boss: long('b') });
  const [person] = await listAllIdentities(tenant);
  const { First, Mail, Title, Company, Office, Department } = longTexts;
  expect(person).toMatchObject({ firstName: First, emailAddress: Mail, title: Title, company: Company });
  expect(person).toMatchObject({ lastName: long('z'), office: Office, department: Department });

  const columns = ['First', 'Last', 'Mail', 'Type', 'Title', 'Company', 'Division', 'Department', 'Office', 'Boss', 'Created', 'State'];
  const rows = columns.map((column, index) => ({ No: `${index}`, [column]: 'x'.repeat(257) }));
  const { metrics, log } = await importPeople(server, directory, ...rows, { No: 'ok', Last: 'Okay' });
  expect(metrics?.identities).toEqual(importCounts(13, 1, 0, 1, 0, 12));
  for (const column of columns) expect(log).toContain(`${column} has more than 256 characters`);
  expect((await listAllIdentities(tenant, { status: 'Active' })).map(({ lastName }) => lastName)).toEqual(['Okay']);
});

it('accepts an e-mail address that is longer in lower case', async () => {
  await importPeople(server, directory, { No: '1', Last: 'Chen', Mail: 'İ'.repeat(256) });
  expect((await identityNamed('Chen')).emailAddress).toBe('İ'.repeat(256));
});

it('links a record to an onboarded identity by e-mail address in upper or lower case, without a duplicate', async () => {
  const jane = await givenOnboardedIdentity('Smith', 'Jane.Ärger@Example.com');
  expect([jane.status, jane.title]).toEqual(['Active', 'Teller']);
  server.clock.now = new Date(server.clock.now.getTime() + 1000);
  await importPeople(server, directory, { No: '7', First: 'Jane', Last: 'Jones', Mail: 'jane.ärger@EXAMPLE.COM', State: 'inactive' });
  const people = await listAllIdentities(tenant);
  expect(people).toMatchObject([{ id: jane.id, lastName: 'Jones', title: null, status: 'Disabled', firstSeenDate: jane.firstSeenDate }]);
  expect(people[0]?.inactivatedDate).toBe(server.clock.now.toISOString());
  // From now on the identity belongs to the directory and is found by its key.
  await importPeople(server, directory, { No: '7', Last: 'Jones', Mail: 'other@example.com' });
  expect(await listAllIdentities(tenant)).toMatchObject([{ id: jane.id, emailAddress: 'other@example.com', status: 'Active' }]);
  await importPeople(server, directory, { No: '8', Last: 'New', Mail: 'other@example.com' });
  expect((await listAllIdentities(tenant)).map(({ lastName, status }) => [lastName, status])).toEqual([
    ['Jones', 'Removed'],
    ['New', 'Active'],
  ]);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

it('links the identity to only one of several records with its address, in one batch or in several', async () => {
  const jane = await givenOnboardedIdentity('Smith', 'both@example.com');
  const many = Array.from({ length: 1200 }, (_, index) => ({ No: `k${index}`, Last: `p${index}` }));
  const two = { Mail: 'BOTH@example.com', Last: 'Twin' };
  await importPeople(server, directory, { No: 'a', ...two }, { No: 'b', ...two }, ...many, { No: 'z', ...two });
  const twins = (await listAllIdentities(tenant, { email: 'both@example.com' })).map(({ id }) => id);
  expect([twins.length, twins.filter((id) => id === jane.id).length]).toEqual([3, 1]);
  const [row] = await server.db('identities').where({ id: jane.id }).select('source_key');
  expect(row).toEqual({ source_key: 'a' });
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

it('does not link an identity without an address, one of another organization or directory, or a record whose key is already known', async () => {
  const foreign = await givenTenant(server);
  const otherDirectory = await givenDirectory(server, tenant);
  await givenIdentity(server, foreign, { last_name: 'Foreign', email_address: 'a@example.com' });
  await givenIdentity(server, tenant, { last_name: 'Nameless', email_address: null });
  await importPeople(server, otherDirectory, { No: '1', Last: 'Elsewhere', Mail: 'a@example.com' });
  await importPeople(server, directory, { No: '1', Last: 'Here', Mail: 'a@example.com' }, { No: '2', Last: 'Silent' });
  expect((await listAllIdentities(tenant)).map(({ lastName }) => lastName)).toEqual(['Elsewhere', 'Here', 'Nameless', 'Silent']);
  expect(await listAllIdentities(foreign)).toMatchObject([{ lastName: 'Foreign', title: null }]);

  const later = await givenOnboardedIdentity('Later', 'a@example.com');
  await importPeople(server, directory, { No: '1', Last: 'Here', Mail: 'a@example.com', Title: 'x' }, { No: '2', Last: 'Silent' });
  expect(await identityNamed('Later')).toEqual(later);
});

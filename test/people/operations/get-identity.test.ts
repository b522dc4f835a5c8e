import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getIdentity } from '../../../generated/sdk.gen.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { findIdentityByLastName, givenDirectory, importPeople } from '../../support/given-directories.ts';
import { givenIdentity } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const read = ({ reader }: Tenant, id: string) => getIdentity({ client: reader.client, path: { id } });
const supervisorOf = async (tenant: Tenant, id: string) => (await read(tenant, id)).data?.supervisorName;

it('404: returns the same error for an unknown identity and for one of another organization', async () => {
  const tenant = await givenTenant(server);
  const foreign = await givenIdentity(server, await givenTenant(server));
  for (const id of ['00000000-0000-4000-8000-000000000000', foreign.id]) {
    const { error, response } = await read(tenant, id);
    expect([response?.status, error]).toEqual([
      404,
      { error: 'not_found', message: `Identity with id ${id} not found`, correlationId: error?.correlationId },
    ]);
  }
});

it('200: returns all attributes that a directory imported', async () => {
  const tenant = await givenTenant(server);
  const directory = await givenDirectory(server, tenant);
  server.clock.now = new Date('2026-03-16T02:00:00Z');
  const robert = { No: '1', First: 'Robert', Last: 'Martinez' };
  const sarah = {
    ...{ No: '2', First: 'Sarah', Last: 'Chen', Mail: 'SChen@firstbankofvalkyrie.com', Type: 'employee', Title: 'Senior Loan Officer' },
    ...{ Company: 'First Bank of Valkyrie', Division: 'Commercial Lending', Department: 'Business Loans', Office: 'Fargo Main' },
    ...{ Boss: '1', Created: '2023-03-15T14:30:00Z', Updated: '2025-11-20T09:15:00Z', State: 'Active' },
  };
  await importPeople(server, directory, robert, sarah);
  const id = (await findIdentityByLastName(tenant, 'Chen'))?.id as string;
  const { data, response } = await read(tenant, id.toUpperCase());
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    id,
    kind: 'Identity',
    firstName: 'Sarah',
    lastName: 'Chen',
    emailAddress: 'SChen@firstbankofvalkyrie.com',
    type: 'Employee',
    title: 'Senior Loan Officer',
    company: 'First Bank of Valkyrie',
    division: 'Commercial Lending',
    department: 'Business Loans',
    office: 'Fargo Main',
    supervisorName: 'Martinez, Robert',
    createdDate: '2023-03-15T14:30:00.000Z',
    updatedDate: '2025-11-20T09:15:00.000Z',
    firstSeenDate: '2026-03-16T02:00:00.000Z',
    inactivatedDate: null,
    status: 'Active',
  });
});

it('200: returns null for unknown attributes', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant, { first_name: null, last_name: null, email_address: null, type: 'Unknown' });
  expect((await read(tenant, id)).data).toEqual({
    id,
    kind: 'Identity',
    ...{ firstName: null, lastName: null, emailAddress: null, type: 'Unknown', title: null },
    ...{ company: null, division: null, department: null, office: null, supervisorName: null },
    ...{ createdDate: null, updatedDate: null, firstSeenDate: server.clock.now.toISOString(), inactivatedDate: null, status: 'Active' },
  });
});

it('200: returns the name of a supervisor set by id, as `Last, First` or as the only known name', async () => {
  const tenant = await givenTenant(server);
  const names = [
    { first_name: 'Robert', last_name: 'Martinez', shown: 'Martinez, Robert' },
    { first_name: null, last_name: 'Martinez', shown: 'Martinez' },
    { first_name: 'Robert', last_name: null, shown: 'Robert' },
    { first_name: null, last_name: null, shown: null },
    { first_name: 'F'.repeat(256), last_name: 'L'.repeat(256), shown: `${'L'.repeat(256)}, ${'F'.repeat(256)}` },
  ];
  for (const { shown, ...name } of names) {
    const boss = await givenIdentity(server, tenant, { ...name, status: 'Removed' });
    const { id } = await givenIdentity(server, tenant, { supervisor_id: boss.id.toUpperCase() });
    expect(await supervisorOf(tenant, id)).toBe(shown);
  }
  const { id } = await givenIdentity(server, tenant, { supervisor_id: randomUUID() });
  expect(await supervisorOf(tenant, id)).toBeNull();
});

it('200: returns the name of a supervisor set by key, and ignores the same key in another directory', async () => {
  const tenant = await givenTenant(server);
  const [directory, otherDirectory] = [await givenDirectory(server, tenant), await givenDirectory(server, tenant)];
  await importPeople(server, otherDirectory, { No: 'b', Last: 'Wrong' }, { No: 'B', Last: 'Wronger' });
  await importPeople(server, directory, { No: 'a', Last: 'Chen', Boss: 'b' }, { No: 'B', Last: 'Capital' });
  const id = (await findIdentityByLastName(tenant, 'Chen'))?.id as string;
  expect(await supervisorOf(tenant, id)).toBeNull();
  await importPeople(server, directory, { No: 'a', Last: 'Chen', Boss: 'b' }, { No: 'b', First: 'Robert' });
  expect(await supervisorOf(tenant, id)).toBe('Robert');
});

it('400: rejects a malformed id', async () => {
  const tenant = await givenTenant(server);
  for (const id of ['sarah', '3fa85f64-5717-4562-b3fc', '3fa85f6457174562b3fc2c963f66afa6', '%00']) {
    const { error, response } = await read(tenant, id);
    expect([response?.status, error?.errors]).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
  }
});

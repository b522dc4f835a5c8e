import { expect, it } from 'vitest';
import { completeStage } from '../../generated/sdk.gen.ts';
import { runImport } from '../support/builds.ts';
import { givenApplication, givenTenant, type Tenant, usersGroup } from '../support/given.ts';
import { givenIdentity, givenOffboard } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const message =
  'The accounts of this identity together have more than 20000 privileges, or more than 8388608 bytes of them; correct them in the applications first';
const rowsPerQuery = 100;
const bytesPerStatement = 2 * 1024 ** 2;

/** Imports this many accounts of one person, each with this many privileges whose description has this length. Returns the offboarding of the person. */
async function givenPrivileges(tenant: Tenant, accounts: number, privileges: number, length: number) {
  const columns = { userKey: 'Login', name: 'Right', description: 'Text' };
  const groups = [usersGroup(), usersGroup({ name: 'Privileges', rows: 'privileges', columns })];
  const application = await givenApplication(server, tenant, { groups });
  const person = await givenIdentity(server, tenant);
  const logins = Array.from({ length: accounts }, (_, index) => `user${index}`);
  server.share(application, ['Login,Full Name,E-Mail', ...logins.map((login) => `${login},,${person.email_address}`)].join('\n'));
  const rights = Array.from({ length: privileges }, (_, index) => `right${index},${'x'.repeat(length)}`);
  const rows = logins.flatMap((login) => rights.map((right) => `${login},${right}`));
  server.share(application, ['Login,Right,Text', ...rows].join('\n'), `${application.id}-1.csv`);
  expect((await runImport(server, application)).status).toBe('Finished');
  return givenOffboard(server, tenant, person.id);
}

const approve = ({ writer }: Tenant, id: string) => completeStage({ client: writer.client, path: { id, stage: 'Approval' } });
const requestsOf = async (id: string) => (await server.db('access_requests').where({ personnel_event_id: id })).length;

it.each([
  ['privileges', 21, 1_000, 1],
  ['bytes of privileges', 35, 30, 9_000],
])('409: refuses to approve for too many %s of all accounts together, and changes nothing', async (_case, accounts, privileges, length) => {
  const tenant = await givenTenant(server);
  const { id } = await givenPrivileges(tenant, accounts, privileges, length);
  const { response, error } = await approve(tenant, id);
  expect([response?.status, error?.message, await requestsOf(id)]).toEqual([409, message, 0]);
});

it('200: approves for the maximum, reads few rows at once and stores them in small statements between turns of the event loop', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenPrivileges(tenant, 20, 1_000, 200);
  let [mostRows, mostBytes] = [0, 0];
  const measureRows = (rows: unknown) => {
    if (Array.isArray(rows) && rows[0]?.attributes !== undefined) mostRows = Math.max(mostRows, rows.length);
  };
  const measureBytes = ({ bindings = [] }: { bindings?: unknown[] }) => {
    const bytes = bindings.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
    mostBytes = Math.max(mostBytes, bytes);
  };
  server.db.on('query-response', measureRows);
  server.db.on('query', measureBytes);
  const { response } = await approve(tenant, id);
  server.db.off('query-response', measureRows);
  server.db.off('query', measureBytes);
  expect([response?.status, await requestsOf(id)]).toEqual([200, 20]);
  expect([mostRows, mostBytes > bytesPerStatement / 4, mostBytes < bytesPerStatement]).toEqual([rowsPerQuery, true, true]);
});

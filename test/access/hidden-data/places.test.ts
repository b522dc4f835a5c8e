import { beforeAll, expect, it } from 'vitest';
import type { Permission } from '../../../server/access/store/token-rows.ts';
import { contractFetch } from '../../support/contract.ts';
import { givenToken } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';
import { givenWorld, type World } from './given-world.ts';

const server = useServer();
let world: World;
beforeAll(async () => {
  world = await givenWorld(server);
});

const read = (resource: string, fields: string[] | null = null): Permission => ({ resource, action: 'read', fields });
const write = (resource: string, action: Permission['action']): Permission => ({ resource, action, fields: null });
const idOf = (path: string) => world.params({ path }).id as string;

async function call(permissions: Permission[], path: string, { method = 'GET', body }: { method?: string; body?: object } = {}) {
  const { secret } = await givenToken(server, world.tenant.organization, { permissions, access_level: 'Administrator' });
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  const response = await contractFetch(`${server.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type')?.split(';')[0], body: text && JSON.parse(text) };
}

const partial = 'application/vnd.gatehouse.partial+json';
const records = () => `/api/applications/${idOf('/api/applications')}/records`;

it.each(['', '&after=a', '&after=z', '&page=2'])('403: records cannot be counted past a hidden key with rows=users%s', async (more) => {
  const { status, body } = await call([read('applications', ['name'])], `${records()}?rows=users${more}`);
  expect([status, body.message]).toEqual([403, 'This token may not read applications with this operation: that needs permission for key']);
});

it('403, 200: people in records need permission to read all fields of identities', async () => {
  const { body: page } = await call([read('applications')], '/api/applications');
  const directory = page.items.find(({ name }: { name: string }) => name === 'Directory');
  const path = `/api/applications/${directory.id}/records?rows=identities`;
  for (const permissions of [[read('applications')], [read('applications'), read('identities', ['firstName'])]]) {
    const { status, body } = await call(permissions, path);
    expect([status, body.message]).toEqual([
      403,
      'This token may not read applications with rows=identities: that needs permission to read all fields of identities',
    ]);
  }
  expect((await call([read('applications'), read('identities')], path)).body.totalCount).toBe(2);
});

it('200: embedded parts have only their ids without the permission for their resource, and the permitted fields with it', async () => {
  const eventPath = `/api/personnel-events/${idOf('/api/personnel-events')}`;
  const alone = await call([read('personnel-events')], eventPath);
  expect([alone.type, alone.body.type, Object.keys(alone.body.affectedIdentity)]).toEqual([partial, 'Offboard', ['id', 'kind']]);
  const { body: named } = await call([read('personnel-events'), read('identities', ['lastName'])], eventPath);
  expect(named.affectedIdentity).toEqual({ id: idOf('/api/identities'), kind: 'Identity', lastName: 'Ash' });
  const whole = await call([read('personnel-events'), read('identities')], eventPath);
  expect([whole.type, whole.body.affectedIdentity.firstName]).toEqual(['application/json', 'Ada']);

  const requestPath = `/api/access-requests/${idOf('/api/access-requests')}`;
  const { body: request } = await call([read('access-requests')], requestPath);
  expect([Object.keys(request.application), request.target, request.relatedItems.map(Object.keys), 'privileges' in request]).toEqual([
    ['id', 'kind'],
    { type: 'User', affectedIdentity: { id: idOf('/api/identities'), kind: 'Identity' } },
    [['id', 'kind']],
    false,
  ]);
  const { body: staged } = await call([read('application-imports')], `/api/application-imports/${idOf('/api/application-imports')}`);
  expect(staged.application).toEqual({ id: idOf('/api/applications'), kind: 'Application' });
  const { body: application } = await call([read('applications')], `/api/applications/${idOf('/api/applications')}`);
  expect(Object.keys(application.lastImport)).toEqual(['id', 'kind']);
});

it('400, 404: a refusal does not tell a token that may not read it in which state an object is, or whether it exists', async () => {
  const { tenant } = world;
  const identityId = idOf('/api/identities');
  const report = (id: string, permissions: Permission[]) =>
    call(permissions, '/api/personnel-events/role-transition', {
      method: 'POST',
      body: { identityId: id, effectiveDate: '2099-01-01', identity: { title: 'Clerk' } },
    });
  await server.db('identities').where({ id: identityId }).update({ status: 'Disabled' });
  const unknownId = crypto.randomUUID();
  const create = [write('personnel-events', 'create')];
  const errorsOf = async (id: string, permissions: Permission[]) => (await report(id, permissions)).body.errors;
  expect(await errorsOf(identityId, create)).toEqual([
    { field: 'identityId', message: 'Is not accepted, for a reason that this token may not read' },
  ]);
  expect(await errorsOf(unknownId, create)).toEqual(await errorsOf(identityId, create));
  expect(await errorsOf(identityId, [...create, read('identities', ['status'])])).toEqual([
    { field: 'identityId', message: 'Identity is Disabled, and must be Active for this event' },
  ]);
  await server.db('identities').where({ id: identityId }).update({ status: 'Active' });

  const cancel = (id: string, permissions: Permission[]) =>
    call([write('application-imports', 'update'), ...permissions], '/api/application-imports/cancel', {
      method: 'POST',
      body: { applicationImportId: id },
    });
  const finished = idOf('/api/application-imports');
  const refusals = [await cancel(finished, []), await cancel(unknownId, [])].map(({ status, body }) => [status, body.message]);
  const neutral = 'This is not possible, for a reason that this token may not read; check the ids and keys in the request';
  expect(refusals).toEqual([
    [404, neutral],
    [404, neutral],
  ]);
  const limited = await cancel(finished, [read('application-imports', ['type'])]);
  expect([limited.status, limited.body.message]).toEqual([409, neutral]);
  expect((await cancel(finished, [read('application-imports')])).body.message).toMatch(/is Finished and can't be canceled/);
  expect(tenant.organization.id).toBeTruthy();
});

it('200, 201: a token that may change a credential but not read it gets back its id, and a new secret', async () => {
  const path = `/api/tokens/${world.tenant.reader.row.id}`;
  const permission = write('tokens', 'create');
  const created = await call([permission], '/api/tokens', {
    method: 'POST',
    body: { name: 'New', accessLevel: 'Administrator', permissions: [permission] },
  });
  expect([created.status, created.type, Object.keys(created.body).sort()]).toEqual([201, partial, ['id', 'kind', 'secret']]);
  const unknown = await call([write('tokens', 'update')], path, { method: 'PATCH', body: { name: 'Renamed' } });
  expect([unknown.status, unknown.body.message]).toEqual([404, expect.stringContaining('a reason that this token may not read')]);
  const settings = await call([write('settings', 'update')], '/api/settings', { method: 'PATCH', body: { timeZone: 'UTC' } });
  expect([settings.status, settings.type, settings.body]).toEqual([200, partial, {}]);
});

it('200: the API log shows what a call sent and received only to a token that may read all of it', async () => {
  const { secret } = world.tenant.writer;
  const path = `/api/personnel-events/${idOf('/api/personnel-events')}`;
  const response = await contractFetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${secret}` } });
  const logPath = `/api/logs/${response.headers.get('x-correlation-id')}`;
  const logs = read('logs');
  for (const others of [[], [read('personnel-events')], [read('personnel-events'), read('identities', ['firstName'])]]) {
    const { type, body } = await call([logs, ...others], logPath);
    expect([type, body.operation, 'query' in body, 'request' in body, 'response' in body]).toEqual([
      partial,
      'getPersonnelEvent',
      false,
      false,
      false,
    ]);
  }
  const { type, body } = await call([logs, read('personnel-events'), read('identities')], logPath);
  expect([type, JSON.parse(body.response.body).affectedIdentity.firstName]).toEqual(['application/json', 'Ada']);
});

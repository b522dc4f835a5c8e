import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getLog, stageApplicationImport } from '../../../generated/sdk.gen.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { insertOrganization } from '../../../server/organizations/store/organizations.ts';
import { givenApplication, givenTenant, givenToken } from '../../support/given.ts';
import { givenLogs } from '../../support/given-logs.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the call with its request and response', async () => {
  const tenant = await givenTenant(server);
  const { id: applicationId } = await givenApplication(server, tenant);
  const { data, response } = await stageApplicationImport({ client: tenant.writer.client, body: { applicationId } });
  const id = response?.headers.get('x-correlation-id') as string;
  const { data: call } = await getLog({ client: tenant.administrator.client, path: { id } });
  expect(call).toEqual({
    id,
    kind: 'Logged Call',
    time: server.clock.now.toISOString(),
    actor: { kind: 'API Token', id: tenant.writer.row.id, name: 'Nightly' },
    operation: 'stageApplicationImport',
    method: 'POST',
    path: '/api/application-imports/stage',
    status: 201,
    success: true,
    callCount: 1,
    durationMs: call?.durationMs,
    clientAddress: '127.0.0.1',
    environmentId: tenant.environmentId,
    query: '',
    request: { body: JSON.stringify({ applicationId }), isCut: false, files: [] },
    response: { body: JSON.stringify(data), isCut: false },
  });
});

it('400: names a malformed id', async () => {
  const { administrator } = await givenTenant(server);
  const { response, error } = await getLog({ client: administrator.client, path: { id: randomUUID() } });
  expect([response?.status, error?.errors?.[0]?.field]).toEqual([400, 'id']);
});

it('403: refuses all except administrators of the whole organization, even for their own calls', async () => {
  const { organization, writer, environmentId } = await givenTenant(server);
  const [id] = (await givenLogs(server, organization.id, new Date(), [{ actor_id: writer.row.id }])) as [string];
  const { project_id } = await server.db('environments').where({ id: environmentId }).first('project_id');
  const environmentLevel = { level: 'Environment' as const, project_id, environment_id: environmentId };
  const environmentAdministrator = await givenToken(server, organization, { access_level: 'Administrator', ...environmentLevel });
  for (const { client } of [writer, environmentAdministrator]) expect((await getLog({ client, path: { id } })).response?.status).toBe(403);
});

it('404: hides calls of other organizations and without a caller; the host sees the calls without a caller', async () => {
  const { administrator } = await givenTenant(server);
  const other = await givenTenant(server);
  const now = new Date();
  const [foreign] = (await givenLogs(server, other.organization.id, now, [{}])) as [string];
  const [anonymous] = (await givenLogs(server, '', now, [{ actor_id: null, actor_kind: null, actor_name: null }])) as [string];
  for (const id of [foreign, anonymous, '0'.repeat(32)]) {
    const { response, error } = await getLog({ client: administrator.client, path: { id } });
    expect([response?.status, error?.message]).toEqual([404, `Logged Call with id ${id} not found`]);
  }
  const host = await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: randomUUID(), isHost: true }));
  const { client } = await givenToken(server, host, { access_level: 'Administrator' });
  expect((await getLog({ client, path: { id: anonymous } })).data).toMatchObject({ id: anonymous, actor: null });
  expect((await getLog({ client, path: { id: foreign } })).response?.status).toBe(404);
});

import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { findHostOrganization } from '../../server/organizations/store/organizations.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secrets } from '../../server/sandbox/seed-tokens.ts';
import { addressOf, baseUrl, type Call, callsOf, readDocument } from '../../tools/calls.ts';
import { contractFetch } from '../support/contract.ts';
import { givenToken } from '../support/given.ts';
import { multipart, multipartType } from '../support/raw.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const calls = (await callsOf(readDocument())).filter(({ isOpen }) => !isOpen);

let neighbours: Record<'environment' | 'project', string>;
beforeAll(async () => {
  cpSync('server/sandbox/files', server.config.sharedDirectory, { recursive: true });
  await seed(server.db, server.logDb, server.importFiles, server.log);
  const host = await findHostOrganization(server.db);
  const { id, project_id } = await server.db('environments').where({ key: 'development' }).first();
  const other = { id: 'f0000000-0000-4000-8000-000000000001', organization_id: host?.id, key: 'other', name: 'Other' };
  await server.db('projects').insert({ ...other, created_at: '2026-01-01 00:00:00.000' });
  const secretOf = async (values: object) =>
    (await givenToken(server, { id: host?.id as string }, { access_level: 'Administrator', ...values })).secret;
  // Files have ids of the server's own.
  for (const { pathValues } of calls)
    if (pathValues.fileId)
      pathValues.fileId = (await server.db('application_import_files').where({ application_import_id: pathValues.id }).first()).id;
  neighbours = {
    environment: await secretOf({ level: 'Environment', project_id, environment_id: id }),
    project: await secretOf({ level: 'Project', project_id: other.id }),
  };
});

async function send({ method, mediaType, body, files, ...call }: Call, secret: string, headers: Record<string, string> = {}) {
  const isUpload = mediaType === 'multipart/form-data';
  const parts = () => [
    { name: 'applicationId', content: String((body as { applicationId: string }).applicationId) },
    ...Object.entries(files).map(([name, fileName]) => ({ name, fileName, content: 'Login\nann\n' })),
  ];
  const answer = await contractFetch(addressOf(call).replace(baseUrl, server.url), {
    method: method.toUpperCase(),
    headers: {
      Authorization: `Bearer ${secret}`,
      ...(mediaType && { 'Content-Type': isUpload ? multipartType : mediaType }),
      ...Object.fromEntries(call.parameters.filter((one) => one.in === 'header' && one.required).map(({ name }) => [name, 'x'])),
      ...headers,
    },
    ...(mediaType && { body: (isUpload ? multipart(...parts()) : JSON.stringify(body)) as BodyInit }),
  });
  return { status: answer.status, text: await answer.text() };
}

const named = (call: Call) => Object.keys(call.pathValues).length > 0;
const isOfEnvironment = ({ parameters }: Call) => parameters.some(({ name }) => ['Gatehouse-Environment', 'environmentKey'].includes(name));

/** All that the seeded environment's tables hold, to see that nobody changes it. */
async function everything(): Promise<Record<string, unknown>> {
  const tables = ['applications', 'application_imports', 'identities', 'personnel_events', 'access_requests', 'fact_users', 'fact_tenants'];
  const rows = await Promise.all(
    tables.map(async (table) => [table, await server.db(table).where({ environment_id: seeded }).orderBy('id')] as const),
  );
  return Object.fromEntries(rows);
}
const seeded = '00a1b2c3-0000-4000-8000-000000000003';

describe.each(calls.map((call) => [call.operationId, call] as const))('%s', (_operationId, call) => {
  it("404: what is in one environment is not there for a neighbour's token, and nothing of it is told or changed", async () => {
    const before = await everything();
    const { status, text } = await send(call, neighbours.environment);
    // Organization-wide operations want an organization's token; those on the token itself work.
    if (isOfEnvironment(call) && named(call)) expect(status).toBe(404);
    const sent = JSON.stringify(call.body ?? '');
    const own = ['Sarah', 'Chen', 'Silverlake', 'coolcompany', 'Stripe Inc', seeded].filter((text) => !sent.includes(text));
    for (const told of own) expect(text).not.toContain(told);
    expect(await everything()).toEqual(before);
    const items = status === 200 && !named(call) ? JSON.parse(text) : {};
    if (isOfEnvironment(call) && 'totalCount' in items) expect([items.totalCount, items.items]).toEqual([0, []]);
  });
});

describe.each(calls.filter(isOfEnvironment).map((call) => [call.operationId, call] as const))('%s', (_operationId, call) => {
  it('404: to name the environment does not help, neither by key nor by id', async () => {
    const before = await everything();
    for (const environment of ['default/production', `default/${seeded}`])
      for (const secret of [neighbours.environment, neighbours.project]) {
        const { status, text } = await send(call, secret, { 'Gatehouse-Environment': environment });
        expect([environment, status]).toEqual([environment, 404]);
        expect(text).not.toContain('Silverlake');
      }
    expect(await everything()).toEqual(before);
  });
});

it('200: the same calls find it all with a token that reaches it, so that the neighbours have not looked in the wrong place', async () => {
  const reads = calls.filter((call) => call.method === 'get' && isOfEnvironment(call));
  const found = await Promise.all(reads.map(async (call) => [call.operationId, (await send(call, secrets.administrator)).status]));
  expect(found.filter(([, status]) => status !== 200)).toEqual([]);
});

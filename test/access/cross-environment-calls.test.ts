import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { findHostOrganization } from '../../server/organizations/store/organizations.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secrets } from '../../server/sandbox/seed-tokens.ts';
import { baseUrl, type ExampleRequest, exampleRequestsOf, readDocument, urlOfRequest } from '../../tools/example-requests.ts';
import { contractFetch } from '../support/contract.ts';
import { givenToken } from '../support/given.ts';
import { multipart, multipartType } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const calls = (await exampleRequestsOf(readDocument())).filter(({ isUnsecured }) => !isUnsecured);

let neighbourSecrets: Record<'environment' | 'project', string>;
beforeAll(async () => {
  cpSync('server/sandbox/files', server.config.sharedDirectory, { recursive: true });
  await seed(server.db, server.logDb, server.importFiles, server.log);
  const host = await findHostOrganization(server.db);
  const { id, project_id } = await server.db('environments').where({ key: 'development' }).first();
  const otherProject = { id: 'f0000000-0000-4000-8000-000000000001', organization_id: host?.id, key: 'other', name: 'Other' };
  await server.db('projects').insert({ ...otherProject, created_at: '2026-01-01 00:00:00.000' });
  const newSecretOf = async (values: object) =>
    (await givenToken(server, { id: host?.id as string }, { access_level: 'Administrator', ...values })).secret;
  // The server generates the ids of files, so the contract's example ids do not exist.
  for (const { pathValues } of calls)
    if (pathValues.fileId)
      pathValues.fileId = (await server.db('application_import_files').where({ application_import_id: pathValues.id }).first()).id;
  neighbourSecrets = {
    environment: await newSecretOf({ level: 'Environment', project_id, environment_id: id }),
    project: await newSecretOf({ level: 'Project', project_id: otherProject.id }),
  };
});

async function send({ method, mediaType, body, files, ...call }: ExampleRequest, secret: string, headers: Record<string, string> = {}) {
  const isUpload = mediaType === 'multipart/form-data';
  const parts = () => [
    { name: 'applicationId', content: String((body as { applicationId: string }).applicationId) },
    ...Object.entries(files).map(([name, fileName]) => ({ name, fileName, content: 'Login\nann\n' })),
  ];
  const response = await contractFetch(urlOfRequest(call).replace(baseUrl, server.url), {
    method: method.toUpperCase(),
    headers: {
      Authorization: `Bearer ${secret}`,
      ...(mediaType && { 'Content-Type': isUpload ? multipartType : mediaType }),
      ...Object.fromEntries(
        call.parameters.filter((parameter) => parameter.in === 'header' && parameter.required).map(({ name }) => [name, 'x']),
      ),
      ...headers,
    },
    ...(mediaType && { body: (isUpload ? multipart(...parts()) : JSON.stringify(body)) as BodyInit }),
  });
  return { status: response.status, text: await response.text() };
}

const namesObject = (call: ExampleRequest) => Object.keys(call.pathValues).length > 0;
const isOfEnvironment = ({ parameters }: ExampleRequest) =>
  parameters.some(({ name }) => ['Gatehouse-Environment', 'environmentKey'].includes(name));

/** Returns all rows of the seeded environment, to check that a call changes none. */
async function dumpSeededTables(): Promise<Record<string, unknown>> {
  const tables = ['applications', 'application_imports', 'identities', 'personnel_events', 'access_requests', 'fact_users', 'fact_tenants'];
  const rows = await Promise.all(
    tables.map(async (table) => [table, await server.db(table).where({ environment_id: seededEnvironmentId }).orderBy('id')] as const),
  );
  return Object.fromEntries(rows);
}
const seededEnvironmentId = '00a1b2c3-0000-4000-8000-000000000003';

describe.each(calls.map((call) => [call.operationId, call] as const))('%s', (_operationId, call) => {
  it('404: does not find an object of another environment, and reveals and changes nothing of it', async () => {
    const before = await dumpSeededTables();
    const { status, text } = await send(call, neighbourSecrets.environment);
    // Other calls have other statuses: operations of the organization refuse the token with 403, and operations on the token itself succeed.
    if (isOfEnvironment(call) && namesObject(call)) expect(status).toBe(404);
    const sent = JSON.stringify(call.body ?? '');
    const foreignTexts = ['Sarah', 'Chen', 'Silverlake', 'coolcompany', 'Stripe Inc', seededEnvironmentId].filter(
      (text) => !sent.includes(text),
    );
    for (const foreignText of foreignTexts) expect(text).not.toContain(foreignText);
    expect(await dumpSeededTables()).toEqual(before);
    const items = status === 200 && !namesObject(call) ? JSON.parse(text) : {};
    if (isOfEnvironment(call) && 'totalCount' in items) expect([items.totalCount, items.items]).toEqual([0, []]);
  });
});

describe.each(calls.filter(isOfEnvironment).map((call) => [call.operationId, call] as const))('%s', (_operationId, call) => {
  it('404: does not find an environment outside the scope that the header names by key or id', async () => {
    const before = await dumpSeededTables();
    for (const environment of ['default/production', `default/${seededEnvironmentId}`])
      for (const secret of [neighbourSecrets.environment, neighbourSecrets.project]) {
        const { status, text } = await send(call, secret, { 'Gatehouse-Environment': environment });
        expect([environment, status]).toEqual([environment, 404]);
        expect(text).not.toContain('Silverlake');
      }
    expect(await dumpSeededTables()).toEqual(before);
  });
});

it('200: the same calls find their objects with a token of the right scope, which proves that the refused calls asked for existing objects', async () => {
  const reads = calls.filter((call) => call.method === 'get' && isOfEnvironment(call));
  const found = await Promise.all(reads.map(async (call) => [call.operationId, (await send(call, secrets.administrator)).status]));
  expect(found.filter(([, status]) => status !== 200)).toEqual([]);
});

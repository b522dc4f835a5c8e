import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { createClient, type GatehouseClient } from '../../client/index.ts';
import { fileFromPath, fileFromStream } from '../../client/node.ts';
import { operations } from '../support/contract.ts';
import { givenApplication, givenTenant, type Tenant, usersCsv } from '../support/given.ts';
import { givenIdentity } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const clientOf = ({ writer }: Tenant): GatehouseClient =>
  createClient({ baseUrl: server.url, token: writer.secret, log: { level: 'silent' } });

it('has every operation of the contract by operationId, plain and raw', () => {
  const client = createClient();
  const ids = operations.map(({ operationId }) => operationId as string).sort();
  expect(
    Object.keys(client)
      .filter((name) => !['raw', 'pages', 'waitForImport'].includes(name))
      .sort(),
  ).toEqual(ids);
  expect(Object.keys(client.raw).sort()).toEqual(ids);
});

it('pages: iterates over all items once, for both kinds of paging, from the given page on', async () => {
  const tenant = await givenTenant(server);
  for (let count = 0; count < 120; count++) await givenIdentity(server, tenant);
  const client = clientOf(tenant);
  const ids = new Set<string>();
  for await (const { id } of client.pages.listIdentities()) ids.add(id);
  expect(ids.size).toBe(120);
  let countFromPage3 = 0;
  for await (const _identity of client.pages.listIdentities({ query: { page: 3 } })) countFromPage3++;
  expect(countFromPage3).toBe(20);
  const path = { projectKey: 'default', environmentKey: 'production' };
  for (let count = 0; count < 7; count++) await client.createTenant({ path, body: { key: `t${count}`, name: 'T' } });
  const [fromArrays, fromCountedPages]: [string[], string[]] = [[], []];
  for await (const { key } of client.pages.listTenants({ path, query: { per_page: 3 } })) fromArrays.push(key);
  for await (const { key } of client.pages.listTenants({ path, query: { per_page: 3, include_total_count: true } }))
    fromCountedPages.push(key);
  expect([fromArrays, fromCountedPages]).toEqual([['t0', 't1', 't2', 't3', 't4', 't5', 't6'], fromArrays]);
});

it('uploads a file from a path, a stream and a File, and waits until the import is finished', async () => {
  const tenant = await givenTenant(server);
  const client = clientOf(tenant);
  const application = await givenApplication(server, tenant);
  const group = application.connector?.fileGroups[0]?.id as string;
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'users.csv'), usersCsv('ann'));
  const files = [
    await fileFromPath(join(folder, 'users.csv')),
    await fileFromStream(Readable.from([usersCsv('ann', 'bob')]), 'more.csv'),
    new File([usersCsv('ann', 'bob', 'cid')], 'most.csv'),
  ];
  for (const [index, file] of files.entries()) {
    const { id } = await client.uploadApplicationImport({ body: { applicationId: application.id, [group]: file } });
    const seen: string[] = [];
    const waiting = client.waitForImport(id, { timeoutMs: 30_000, onProgress: ({ status }) => seen.push(status) });
    await server.build();
    expect([(await waiting).metrics?.users.read, seen.at(-1)]).toEqual([index + 1, 'Finished']);
  }
});

it('waitForImport: throws with the log of a failed import, and with the status after the timeout', async () => {
  const tenant = await givenTenant(server);
  const client = clientOf(tenant);
  const application = await givenApplication(server, tenant);
  const { id } = await client.stageApplicationImport({ body: { applicationId: application.id } });
  await expect(client.waitForImport(id, { timeoutMs: 100 })).rejects.toMatchObject({
    name: 'TimeoutError',
    message: expect.stringContaining('still Pending'),
  });
  await server.build();
  const failed = await client.waitForImport(id).catch((error) => error);
  expect([failed.name, failed.import.status]).toEqual(['ImportFailedError', 'Failed']);
  expect(failed.message).toContain("does not exist in the environment's shared folder");
});

it('raw: returns status and headers; a body can be read as a stream', async () => {
  const client = clientOf(await givenTenant(server));
  const { status, headers, data } = await client.raw.listIdentities();
  expect([status, data.totalCount, headers.get('x-correlation-id')]).toEqual([200, 0, expect.stringMatching(/^[0-9a-f]{32}$/)]);
  const { response } = await client.raw.getContractYaml({ parseAs: 'stream' });
  expect((await response.text()).startsWith('openapi: 3.1.0')).toBe(true);
});

it('a retried POST with the same Idempotency-Key creates one event', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  let calls = 0;
  const fetchLosingFirstResponse: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    if (++calls === 1) throw new TypeError('fetch failed');
    return response;
  };
  const client = createClient({
    baseUrl: server.url,
    token: tenant.writer.secret,
    fetch: fetchLosingFirstResponse,
    log: { level: 'silent' },
  });
  const event = await client.createOffboardEvent({ body: { identityId: id, effectiveDate: '2090-01-01' } });
  expect([calls, event.number, (await client.listPersonnelEvents()).totalCount]).toEqual([2, 1, 1]);
});

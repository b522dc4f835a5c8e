import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createOffboardEvent, createToken, listPersonnelEvents, listTokens } from '../../generated/sdk.gen.ts';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { toInstant } from '../../server/database/instants.ts';
import { runOnce } from '../../server/http/idempotency.ts';
import { deleteOldIdempotencyKeys } from '../../server/http/store/idempotency-keys.ts';
import { givenApplication, givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { givenIdentity } from '../support/given-people.ts';
import { until } from '../support/process.ts';
import { multipart, orphanedFiles, sendUpload, storedFileNames } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

const offboard = ({ writer }: Tenant, identityId: string, key: string, comment = 'leaves') =>
  createOffboardEvent({
    client: writer.client,
    body: { identityId, effectiveDate: '2090-01-01', comment },
    headers: { 'Idempotency-Key': key },
  });
const eventsOf = async ({ reader }: Tenant) => (await listPersonnelEvents({ client: reader.client })).data?.totalCount;

it('201: a repeated request, also a simultaneous one, is processed once; the first response is replayed', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const key = randomUUID();
  const results = await Promise.all(Array.from({ length: 8 }, () => offboard(tenant, id, key)));
  const succeeded = results.filter(({ response }) => response?.status === 201);
  expect([succeeded.length > 0, results.every(({ response }) => [201, 409].includes(response?.status as number))]).toEqual([true, true]);
  expect(await eventsOf(tenant)).toBe(1);
  const again = await offboard(tenant, id, key);
  expect([again.response?.status, again.data, again.response?.headers.get('idempotency-replayed')]).toEqual([
    201,
    succeeded[0]?.data,
    'true',
  ]);
  expect(await eventsOf(tenant)).toBe(1);
});

it('422: another request with the same key changes nothing', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const key = randomUUID();
  await offboard(tenant, id, key);
  const { error, response } = await offboard(tenant, id, key, 'for another reason');
  expect([response?.status, error?.message]).toEqual([
    422,
    'This Idempotency-Key was used for another request; a new request needs a new key',
  ]);
  expect(await eventsOf(tenant)).toBe(1);
});

it('201: a key belongs to one token; another token can use the same key', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const otherToken = await givenToken(server, tenant.organization);
  const key = randomUUID();
  await offboard(tenant, id, key);
  const { response } = await offboard({ ...tenant, writer: otherToken }, id, key);
  expect([response?.status, response?.headers.get('idempotency-replayed'), await eventsOf(tenant)]).toEqual([201, null, 2]);
});

it('400, 201: a refused request changes nothing, and its key can be used again', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant, { status: 'Active' });
  const key = randomUUID();
  const unknownId = randomUUID();
  expect((await offboard(tenant, unknownId, key)).response?.status).toBe(400);
  expect((await offboard(tenant, id, key)).response?.status).toBe(201);
});

it('400: refuses a key with a blank, and a key of more than 255 characters', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  for (const key of ['two words', 'x'.repeat(256)]) {
    const { error, response } = await offboard(tenant, id, key);
    expect([response?.status, error?.errors?.map(({ field }) => field.toLowerCase())]).toEqual([400, ['idempotency-key']]);
  }
});

it('201: replays the secret of a new token to the same caller; the database does not contain the secret', async () => {
  const tenant = await givenTenant(server);
  const key = randomUUID();
  const create = () => createToken({ client: tenant.administrator.client, body: { name: 'Once' }, headers: { 'Idempotency-Key': key } });
  const first = await create();
  const again = await create();
  expect(again.data).toEqual(first.data);
  const names = (await listTokens({ client: tenant.administrator.client })).data?.items.map(({ name }) => name);
  expect(names?.filter((name) => name === 'Once')).toHaveLength(1);
  const rows = await server.db('idempotency_keys');
  const secret = first.data?.secret as string;
  expect(rows.some((row) => Buffer.from(row.answer ?? '').includes(secret) || JSON.stringify(row).includes(secret))).toBe(false);
});

it('201: a repeated upload creates one import and stores its files once', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const group = application.connector?.fileGroups[0]?.id as string;
  const body = multipart(
    { name: 'applicationId', content: application.id },
    { name: group, fileName: 'users.csv', content: 'Login,Full Name,E-Mail\nann,Ann,\n' },
  );
  const key = randomUUID();
  const before = storedFileNames(server).length;
  const send = () => sendUpload(server, tenant.writer.secret, body, { key });
  const [first, repeated] = [await (await send()).json(), await (await send()).json()];
  expect(repeated).toEqual(first);
  expect([storedFileNames(server).length - before, await orphanedFiles(server)]).toEqual([1, []]);
});

/** Starts a request that stays in progress until `resume` is called. */
function startBlockedRequest(db: Db, now: Date, key: string) {
  let resume = () => {};
  const waiting = new Promise<void>((resolve) => {
    resume = resolve;
  });
  const request = { key, tokenId: 'token', secretKey: Buffer.alloc(32), content: 'content' };
  const done = runOnce(db, now, request, async () => {
    await waiting;
    return { status: 201, body: { by: 'the first' } };
  });
  return { resume, done, request };
}

it('409: refuses a request while the first one is in progress; processes it after a minute if the first one does not finish', async () => {
  const otherProcessDb = createDatabase(server.databaseUrl);
  onTestFinished(() => otherProcessDb.destroy());
  const now = new Date();
  const request = { key: randomUUID(), tokenId: 'token', secretKey: Buffer.alloc(32), content: 'content' };
  const blocked = startBlockedRequest(otherProcessDb, now, request.key);
  blocked.done.catch(() => {});
  await until('the key is claimed', async () => (await server.db('idempotency_keys').whereNull('answer').first()) !== undefined);
  const later = (ms: number) => new Date(now.getTime() + ms);
  const repeatAt = (at: Date) => runOnce(server.db, at, request, async () => ({ status: 201, body: { by: 'the second' } }));
  if (server.databaseUrl.startsWith('sqlite')) {
    // The first request has the write lock of SQLite, so it must finish first. Its response is replayed.
    blocked.resume();
    expect(await blocked.done).toMatchObject({ body: { by: 'the first' } });
    expect(await repeatAt(now)).toMatchObject({ body: { by: 'the first' } });
    return;
  }
  await expect(repeatAt(later(59_000))).rejects.toMatchObject({ status: 409, headers: { 'Retry-After': '1' } });
  expect(await repeatAt(later(61_000))).toMatchObject({ body: { by: 'the second' } });
  blocked.resume();
  await expect(blocked.done).rejects.toMatchObject({ status: 409 });
  expect(await repeatAt(later(62_000))).toMatchObject({ body: { by: 'the second' } });
});

it('keys expire after 24 hours, and not before', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const key = randomUUID();
  await offboard(tenant, id, key);
  const startedAt = server.clock.now;
  onTestFinished(() => {
    server.clock.now = startedAt;
  });
  const hours = (count: number) => new Date(startedAt.getTime() + count * 3_600_000);
  server.clock.now = hours(23);
  expect((await offboard(tenant, id, key)).response?.headers.get('idempotency-replayed')).toBe('true');
  server.clock.now = hours(25);
  const laterResponse = (await offboard(tenant, id, key)).response;
  expect([laterResponse?.status, laterResponse?.headers.get('idempotency-replayed'), await eventsOf(tenant)]).toEqual([201, null, 2]);
  await server
    .db('idempotency_keys')
    .where('created_at', '>', toInstant(hours(24)))
    .delete();
  while (await deleteOldIdempotencyKeys(server.db, hours(1)));
  expect(await server.db('idempotency_keys')).toEqual([]);
});

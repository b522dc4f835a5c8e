import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getCurrentToken, getToken, listTokens, revealToken, rotateToken } from '../../../generated/sdk.gen.ts';
import { isTokenSecret } from '../../../server/common/secret-format.ts';
import { type GivenToken, givenTenant, givenToken } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const hourMs = 3_600_000;

const rotate = ({ client }: GivenToken, id: string, gracePeriodHours?: number) =>
  rotateToken({ client, path: { id }, body: gracePeriodHours === undefined ? {} : { gracePeriodHours } });
const statusOf = async (secret: string) => (await getCurrentToken({ client: server.client(secret) })).response?.status;
async function afterMs(ms: number, work: () => Promise<void>) {
  const { now } = server.clock;
  server.clock.now = new Date(now.getTime() + ms);
  try {
    await work();
  } finally {
    server.clock.now = now;
  }
}

it('200: the old secret is valid exactly until the end of the grace period, the new one at once', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { data, response } = await rotate(administrator, writer.row.id, 2);
  const secret = data?.secret as string;
  expect([response?.status, isTokenSecret(secret), secret === writer.secret]).toEqual([200, true, false]);
  expect([await statusOf(writer.secret), await statusOf(secret)]).toEqual([200, 200]);
  await afterMs(2 * hourMs - 1, async () => expect([await statusOf(writer.secret), await statusOf(secret)]).toEqual([200, 200]));
  await afterMs(2 * hourMs, async () => expect([await statusOf(writer.secret), await statusOf(secret)]).toEqual([401, 200]));
});

it('200: without a grace period the next request with the old secret is refused', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { data } = await rotate(administrator, writer.row.id, 0);
  expect([await statusOf(writer.secret), await statusOf(data?.secret as string)]).toEqual([401, 200]);
});

it('200: the grace period is a day by default, and at most a week', async () => {
  const { administrator, writer, reader } = await givenTenant(server);
  await rotate(administrator, writer.row.id);
  await rotate(administrator, reader.row.id, 168);
  await afterMs(24 * hourMs - 1, async () => expect([await statusOf(writer.secret), await statusOf(reader.secret)]).toEqual([200, 200]));
  await afterMs(24 * hourMs, async () => expect([await statusOf(writer.secret), await statusOf(reader.secret)]).toEqual([401, 200]));
  await afterMs(168 * hourMs, async () => expect(await statusOf(reader.secret)).toBe(401));
});

it('200: a second rotation may shorten the grace period of an older secret, and never prolongs it', async () => {
  const { administrator, writer } = await givenTenant(server);
  const first = (await rotate(administrator, writer.row.id, 1)).data?.secret as string;
  const second = (await rotate(administrator, writer.row.id, 100)).data?.secret as string;
  await afterMs(hourMs, async () =>
    expect([await statusOf(writer.secret), await statusOf(first), await statusOf(second)]).toEqual([401, 200, 200]),
  );
  const third = (await rotate(administrator, writer.row.id, 0)).data?.secret as string;
  const statuses = await Promise.all([writer.secret, first, second, third].map(statusOf));
  expect(statuses).toEqual([401, 401, 401, 200]);
});

it('200: changes only the secret, and shows it once', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { client } = administrator;
  const { data: before } = await getToken({ client, path: { id: writer.row.id } });
  const { data } = await rotate(administrator, writer.row.id, 0);
  const { secret, ...shownToken } = data as NonNullable<typeof data>;
  expect(shownToken).toEqual({ ...before, secretStart: secret.slice(0, 10) });
  expect((await getToken({ client, path: { id: writer.row.id } })).data).toEqual(shownToken);
  expect(JSON.stringify((await listTokens({ client })).data)).not.toContain(secret);
  expect(server.logged()).not.toContain(secret.slice(3));
});

it('200: an expired or disabled token stays expired or disabled', async () => {
  const tenant = await givenTenant(server);
  for (const columns of [{ expires_at: '2020-01-01 00:00:00.000' }, { disabled_at: '2020-01-01 00:00:00.000' }]) {
    const { row } = await givenToken(server, tenant.organization, columns);
    const { data } = await rotate(tenant.administrator, row.id, 0);
    expect(await statusOf(data?.secret as string)).toBe(401);
  }
});

it('200: after concurrent rotations without a grace period one secret is valid', async () => {
  const { administrator, writer } = await givenTenant(server);
  const rotations = await Promise.all(Array.from({ length: 8 }, () => rotate(administrator, writer.row.id, 0)));
  expect(rotations.map(({ response }) => response?.status)).toEqual(Array(8).fill(200));
  const statuses = await Promise.all(rotations.map(({ data }) => statusOf(data?.secret as string)));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
});

it('200: a token may rotate itself, and does not become revealable', async () => {
  const { administrator } = await givenTenant(server);
  const { data } = await rotate(administrator, administrator.row.id, 0);
  const self = server.client(data?.secret);
  expect((await getCurrentToken({ client: self })).data?.id).toBe(administrator.row.id);
  const revealed = await revealToken({ client: self, path: { id: administrator.row.id } });
  expect(revealed.response?.status).toBe(422);
});

it('400: refuses an invalid grace period', async () => {
  const { administrator, writer } = await givenTenant(server);
  for (const gracePeriodHours of [-1, 169, 1.5, '24', null]) {
    const { response, error } = await rotate(administrator, writer.row.id, gracePeriodHours as number);
    expect([response?.status, error?.errors?.[0]?.field]).toEqual([400, 'gracePeriodHours']);
  }
  expect(await statusOf(writer.secret)).toBe(200);
});

it('403: refuses to rotate a token with more rights than the caller', async () => {
  const tenant = await givenTenant(server);
  const permissions = ['read', 'update'].map((action) => ({ resource: 'tokens', action: action as 'read', fields: null }));
  const limited = await givenToken(server, tenant.organization, { access_level: 'Administrator', permissions });
  const { response, error } = await rotate(limited, tenant.administrator.row.id, 0);
  expect([response?.status, error?.message]).toEqual([
    403,
    'This token may not rotate token Administrator, because it does not have unrestricted permissions itself',
  ]);
  expect(await statusOf(tenant.administrator.secret)).toBe(200);
  expect((await rotate(limited, limited.row.id, 0)).response?.status).toBe(200);
});

it('404: does not find a token of another organization or an unknown token', async () => {
  const { administrator } = await givenTenant(server);
  const { writer } = await givenTenant(server);
  for (const id of [writer.row.id, randomUUID()]) {
    const { response, error } = await rotate(administrator, id, 0);
    expect([response?.status, error?.message]).toEqual([404, `API Token with id ${id} not found`]);
  }
  expect(await statusOf(writer.secret)).toBe(200);
});

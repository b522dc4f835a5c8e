import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { listLogs } from '../../generated/sdk.gen.ts';
import type { LoggedCall } from '../../generated/types.gen.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertOrganization } from '../../server/organizations/store/organizations.ts';
import { startServer } from '../../server/process/start-server.ts';
import { type GivenToken, givenTenant, givenToken } from '../support/given.ts';
import { logRowOf, sendRequest } from '../support/given-logs.ts';
import { until } from '../support/process.ts';
import { useServer } from '../support/server.ts';

const server = useServer({ unknownCallsPerAddressPerMinute: 3, unknownCallsPerMinute: 5, trustedProxies: 1 });
const limited = useServer({ failedAuthenticationsPerMinute: 2, rateLimitPerMinute: 2 });

let host: GivenToken;
beforeAll(async () => {
  const organization = await inTransaction(server.db, (trx) => insertOrganization(trx, new Date(), { key: randomUUID(), isHost: true }));
  host = await givenToken(server, organization, { access_level: 'Administrator' });
});

const minuteMs = 60_000;
/** Sorts entries: those of one millisecond have no order. */
const sorted = (entries: unknown[][]) => entries.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
/** Begins a minute without calls. */
const nextWindow = () => {
  server.clock.now = new Date(Math.floor(server.clock.now.getTime() / minuteMs + 2) * minuteMs);
};
const call = (address: string, path = '/api/applications') => sendRequest(server, path, { headers: { 'X-Forwarded-For': address } });
const callOften = async (count: number, address: string, path?: string) => {
  for (let sent = 0; sent < count; sent++) expect((await call(address, path)).status).toBe(401);
};
/** Returns the calls of this window that are in the log, once they stand for `count` calls. */
const logged = (count: number, caller = host): Promise<LoggedCall[]> =>
  until(`the log has ${count} calls`, async () => {
    const query = { from: server.clock.now.toISOString(), success: false, limit: 100 };
    const { data } = await listLogs({ client: caller.client, query });
    const items = data?.items ?? [];
    return items.reduce((sum, { callCount }) => sum + callCount, 0) === count && items;
  });

it('200: stores the calls of an address one by one up to a limit, and counts the others together, for each status', async () => {
  nextWindow();
  await callOften(10, '192.0.2.1');
  expect((await call('192.0.2.1', '/api/applications?x=1')).status).toBe(401);
  expect((await sendRequest(server, '/api/applications', { method: 'PUT', headers: { 'X-Forwarded-For': '192.0.2.1' } })).status).toBe(405);
  const items = await logged(12);
  expect(sorted(items.map(({ status, callCount, clientAddress }) => [status, callCount, clientAddress]))).toEqual([
    ...Array(3).fill([401, 1, '192.0.2.1']),
    [401, 8, '192.0.2.1'],
    [405, 1, '192.0.2.1'],
  ]);
  expect(server.logged()).toContain('calls that are counted together');
});

it('200: an IPv6 network counts as one address; the limit of all addresses holds; a new minute begins at zero', async () => {
  nextWindow();
  for (let host = 1; host <= 6; host++) await callOften(1, `2001:db8::${host}`);
  await callOften(4, '192.0.2.2');
  await callOften(2, '192.0.2.3');
  expect(sorted((await logged(12)).map(({ callCount, clientAddress }) => [callCount, clientAddress]))).toEqual([
    ...Array(2).fill([1, '192.0.2.2']),
    ...[1, 2, 3].map((host) => [1, `2001:db8::${host}`]),
    [2, '192.0.2.2'],
    [2, '192.0.2.3'],
    [3, '2001:db8::4'],
  ]);
  nextWindow();
  await callOften(1, '192.0.2.3');
  expect((await logged(1)).map(({ callCount }) => callCount)).toEqual([1]);
});

it('200: calls that arrived in an earlier minute do not begin the limits anew', async () => {
  nextWindow();
  const now = server.clock.now;
  for (let turn = 0; turn < 5; turn++)
    for (const time of [now.getTime(), now.getTime() - minuteMs]) {
      server.clock.now = new Date(time);
      await callOften(2, '192.0.2.9');
    }
  server.clock.now = now;
  const rows = await until('all calls are counted', async () => {
    const stored = await server.logDb('api_log').where({ client_address: '192.0.2.9' }).select('call_count');
    return stored.reduce((sum, { call_count }) => sum + Number(call_count), 0) === 20 && stored;
  });
  expect(rows.length).toBe(4);
});

it('200: many addresses get a bounded number of entries, and no call is lost', async () => {
  nextWindow();
  for (let number = 0; number < 300; number++) await callOften(1, `198.51.${number >> 8}.${number & 255}`);
  // The rows beyond one page are those of the first addresses.
  const rows = await until('all calls are counted', async () => {
    const stored = await server.logDb('api_log').where('organization_id', '').where('client_address', 'like', '198.51.%').select();
    const others = await server.logDb('api_log').where({ organization_id: '', client_address: 'other addresses' }).select();
    const all = [...stored, ...others];
    return all.reduce((sum, { call_count }) => sum + Number(call_count), 0) === 300 && all;
  });
  expect(rows.length).toBe(106);
  expect(rows.filter(({ client_address }) => client_address === 'other addresses').map(({ call_count }) => Number(call_count))).toEqual([
    195,
  ]);
});

it('200: counts the calls with a disabled token in the log of its organization, and never counts those of a good token', async () => {
  nextWindow();
  const { organization, administrator, reader } = await givenTenant(server);
  const disabled = await givenToken(server, organization, { disabled_at: '2020-01-01 00:00:00.000' });
  for (let sent = 0; sent < 8; sent++)
    expect((await sendRequest(server, '/api/applications', { secret: disabled.secret })).status).toBe(401);
  const items = await logged(8, administrator);
  expect(sorted(items.map(({ callCount, actor }) => [callCount, actor?.id]))).toEqual([
    ...Array(3).fill([1, disabled.row.id]),
    [5, disabled.row.id],
  ]);
  for (let sent = 0; sent < 8; sent++) {
    const response = await sendRequest(server, '/api/applications', { secret: reader.secret });
    expect(await logRowOf(server, response)).toMatchObject({ status: 200, call_count: 1 });
  }
});

it('429: calls over the limits of a token and of an address are stored once for each minute, with their count', async () => {
  const { reader, organization } = await givenTenant(limited);
  for (let sent = 0; sent < 12; sent++) await sendRequest(limited, '/api/tokens/current', { secret: reader.secret });
  for (let sent = 0; sent < 12; sent++) await sendRequest(limited, '/api/tokens/current');
  const countsOf = (organization_id: string) =>
    until('the calls are counted', async () => {
      const rows = await limited.logDb('api_log').where({ organization_id }).orderBy('id').select('status', 'call_count');
      const counts = rows.map(({ status, call_count }) => [status, Number(call_count)]).toSorted(([a = 0], [b = 0]) => a - b);
      return counts.reduce((sum, [, count = 0]) => sum + count, 0) === 12 && counts;
    });
  expect(await countsOf(organization.id)).toEqual([...Array(2).fill([200, 1]), [429, 10]]);
  expect(await countsOf('')).toEqual([...Array(2).fill([401, 1]), [429, 10]]);
});

it('400: the row of a call with many wrong fields is small', async () => {
  nextWindow();
  const long = (number: number) => `${number}${'x'.repeat(190)}`;
  const body = JSON.stringify(Object.fromEntries(Array.from({ length: 30 }, (_, number) => [long(number), long(number)])));
  const path = `/api/v2/auth/client_token?${new URLSearchParams({ a: 'x'.repeat(3000) })}`;
  const response = await sendRequest(server, path, { method: 'POST', body, headers: { 'x-key': 'x', 'x-hash': 'x'.repeat(500) } });
  const row = await logRowOf(server, response);
  expect(response.status).toBe(400);
  expect(JSON.stringify({ ...row, response_body: String(row.response_body) }).length).toBeLessThan(2_500);
  expect(Boolean(row.response_is_cut)).toBe(true);
});

it('a stop stores all counts', async () => {
  nextWindow();
  const running = await startServer({ ...server.config, port: 0 }, server.log, async () => {}, { withWorker: false });
  const stopping = { ...server, url: running.url };
  const address = { 'X-Forwarded-For': '203.0.113.5' };
  for (let sent = 0; sent < 40; sent++) await sendRequest(stopping, '/api/applications', { headers: address });
  await running.stop();
  const rows = await server.logDb('api_log').where({ client_address: '203.0.113.5' }).select('call_count');
  expect([rows.length, rows.reduce((sum, { call_count }) => sum + Number(call_count), 0)]).toEqual([4, 40]);
});

import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getCurrentToken, listApplications, listLogs } from '../../../generated/sdk.gen.ts';
import type { ListLogsData } from '../../../generated/types.gen.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { insertOrganization } from '../../../server/organizations/store/organizations.ts';
import { type GivenToken, givenTenant, givenToken } from '../../support/given.ts';
import { givenLogs } from '../../support/given-logs.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
type Query = ListLogsData['query'];

const list = async ({ client }: Pick<GivenToken, 'client'>, query: Query = {}) => {
  const { data, error } = await listLogs({ client, query });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
};
const idsOf = async (caller: GivenToken, query: Query = {}) => (await list(caller, query)).items.map(({ id }) => id);
const insertedAt = new Date('2026-02-20T08:00:00.000Z');
const instant = (secondsBefore: number) => new Date(insertedAt.getTime() - secondsBefore * 1000).toISOString();
/** Limits a list to the rows that a test inserted, because the calls of the test itself have the current time. */
const insertedOnly = { until: '2026-03-01T00:00:00Z' };

it('200: lists callers, operations and statuses, newest first, without the listing call itself', async () => {
  const { administrator, reader, environmentId } = await givenTenant(server);
  const first = (await listApplications({ client: reader.client })).response?.headers.get('x-correlation-id');
  const second = (await getCurrentToken({ client: reader.client })).response?.headers.get('x-correlation-id');
  const { items, nextBefore } = await list(administrator);
  const call = {
    kind: 'Logged Call',
    time: server.clock.now.toISOString(),
    actor: { kind: 'API Token', id: reader.row.id, name: 'Reporting' },
    method: 'GET',
    status: 200,
    success: true,
    callCount: 1,
    clientAddress: '127.0.0.1',
  };
  expect(nextBefore).toBeNull();
  const [current, applications] = [
    { ...call, id: second, operation: 'getCurrentToken', path: '/api/tokens/current', environmentId: null },
    { ...call, id: first, operation: 'listApplications', path: '/api/applications', environmentId },
  ];
  expect(items.map(({ durationMs, ...item }) => item).toSorted((left, right) => (left.path < right.path ? 1 : -1))).toEqual([
    current,
    applications,
  ]);
});

it('200: lists later calls first, over several pages, each call once', async () => {
  const { administrator, organization } = await givenTenant(server);
  const insertedIds = await givenLogs(server, organization.id, insertedAt, Array(23).fill({}));
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const { items, nextBefore } = await list(administrator, { ...insertedOnly, limit: 10, ...(before && { before }) });
    seen.push(...items.map(({ id }) => id));
    before = nextBefore ?? undefined;
  } while (before);
  expect(seen).toEqual(insertedIds.toReversed());
});

it('200: filters calls, alone and combined', async () => {
  const { administrator, organization } = await givenTenant(server);
  const actor = randomUUID();
  const [a, b, c, d] = await givenLogs(server, organization.id, insertedAt, [
    { actor_id: actor, status: 200 },
    { operation: 'stageApplicationImport', method: 'POST', path: '/api/application-imports/stage', status: 201 },
    { operation: null, method: 'PUT', path: '/api/applications/100%25', status: 405 },
    { actor_id: actor, status: 503, path: '/API/applications' },
  ]);
  const cases: [Query, (string | undefined)[]][] = [
    [{}, [d, c, b, a]],
    [{ actor }, [d, a]],
    [{ actor: actor.toUpperCase() }, [d, a]],
    [{ operation: 'stageApplicationImport' }, [b]],
    [{ method: 'PUT' }, [c]],
    [{ path: '/api/application' }, [c, b, a]],
    [{ path: '/api/applications/100%' }, [c]],
    [{ path: '%' }, []],
    [{ statusClass: '2xx' }, [b, a]],
    [{ statusClass: '5xx' }, [d]],
    [{ success: true }, [b, a]],
    [{ success: false }, [d, c]],
    [{ success: false, statusClass: '2xx' }, []],
    [{ actor, success: false }, [d]],
    [{ from: instant(2) }, [d, c, b]],
    [{ until: instant(2) }, [a]],
    [{ from: instant(2), until: instant(1) }, [b]],
    [{ from: instant(2), before: c as string }, [b]],
  ];
  for (const [query, expected] of cases)
    expect([query, await idsOf(administrator, { ...insertedOnly, ...query })]).toEqual([query, expected]);
});

it('200: ends a page after 5,000 calls that do not match, and returns where the next page starts', async () => {
  const { administrator, organization } = await givenTenant(server);
  const insertedIds = await givenLogs(server, organization.id, insertedAt, [{ status: 404 }, ...Array(5_004).fill({})]);
  const first = await list(administrator, { ...insertedOnly, success: false });
  expect([first.items, first.nextBefore]).toEqual([[], insertedIds[5]]);
  const second = await list(administrator, { ...insertedOnly, success: false, before: first.nextBefore as string });
  expect([second.items.map(({ id }) => id), second.nextBefore]).toEqual([[insertedIds[0]], null]);
});

it('200: shows an organization only its own calls; the host also sees calls without a known caller, in one order', async () => {
  const { administrator } = await givenTenant(server);
  const host = await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: randomUUID(), isHost: true }));
  const hostAdministrator = await givenToken(server, host, { access_level: 'Administrator' });
  const anonymous = { actor_kind: null, actor_id: null, actor_name: null, status: 401 };
  const [own] = await givenLogs(server, host.id, insertedAt, [{}]);
  const [older, newer] = [
    ...(await givenLogs(server, '', new Date(insertedAt.getTime() - 1), [anonymous])),
    ...(await givenLogs(server, '', new Date(insertedAt.getTime() + 1), [anonymous])),
  ];
  expect(await idsOf(administrator, insertedOnly)).toEqual([]);
  expect(await idsOf(hostAdministrator, insertedOnly)).toEqual([newer, own, older]);
  expect(await idsOf(hostAdministrator, { ...insertedOnly, success: false })).toEqual([newer, older]);
  expect((await list(hostAdministrator, { ...insertedOnly, limit: 1 })).items[0]?.actor).toBeNull();
  expect(await idsOf(hostAdministrator, { ...insertedOnly, limit: 2, before: newer as string })).toEqual([own, older]);
});

it('400: names the wrong filter', async () => {
  const { administrator } = await givenTenant(server);
  const wrong: [string, Record<string, unknown>][] = [
    ['actor', { actor: 'nightly' }],
    ['method', { method: 'get' }],
    ['statusClass', { statusClass: '6xx' }],
    ['success', { success: 'maybe' }],
    ['from', { from: 'yesterday' }],
    ['from', { from: '2026-02-30T00:00:00Z' }],
    ['from', { from: '2026-06-30T23:59:60Z' }],
    ['until', { until: '2026-02-20' }],
    ['before', { before: 'x' }],
    ['limit', { limit: 101 }],
  ];
  for (const [field, query] of wrong) {
    const { response, error } = await listLogs({ client: administrator.client, query: query as Query });
    expect([query, response?.status, error?.errors?.[0]?.field]).toEqual([query, 400, field]);
  }
});

it('403: refuses all except administrators of the whole organization', async () => {
  const { organization, writer, reader, environmentId } = await givenTenant(server);
  const { project_id } = await server.db('environments').where({ id: environmentId }).first('project_id');
  const inProject = { access_level: 'Administrator' as const, level: 'Project' as const, project_id };
  const callers = [
    writer,
    reader,
    await givenToken(server, organization, inProject),
    await givenToken(server, organization, { ...inProject, level: 'Environment', environment_id: environmentId }),
  ];
  for (const { client } of callers) expect((await listLogs({ client })).response?.status).toBe(403);
});

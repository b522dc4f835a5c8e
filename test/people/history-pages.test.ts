import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getAccessRequest, getPersonnelEvent } from '../../generated/sdk.gen.ts';
import type { AccessRequest, PersonnelEvent } from '../../generated/types.gen.ts';
import { dataOf } from '../support/api-results.ts';
import { givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { givenOpenRequests } from '../support/given-events.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
type Client = Tenant['reader']['client'];
type Query = { activityPage?: number; commentPage?: number };
const at = '2026-02-20 08:00:00.000';

const kinds: [
  string,
  (client: Client, id: string, query?: Query) => Promise<{ data?: PersonnelEvent | AccessRequest; error?: unknown; response?: Response }>,
][] = [
  ['event', (client, id, query) => getPersonnelEvent({ client, path: { id }, ...(query && { query }) })],
  ['request', (client, id, query) => getAccessRequest({ client, path: { id }, ...(query && { query }) })],
];

async function givenSubject(kind: string) {
  const tenant = await givenTenant(server);
  const { event, request } = await givenOpenRequests(server, tenant);
  return { tenant, id: kind === 'event' ? event.id : request.id };
}

/** Inserts rows of a history after those that exist. */
async function givenHistory(subject_id: string, { comments = 0, activities = 0 }): Promise<void> {
  const insert = async (table: string, rows: object[]) => {
    for (let from = 0; from < rows.length; from += 200) await server.db(table).insert(rows.slice(from, from + 200));
  };
  const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  await insert(
    'comments',
    numbersTo(comments).map((number) => ({ id: randomUUID(), subject_id, author: 'a test', text: `${number}`, created_at: at })),
  );
  await insert(
    'activities',
    numbersTo(activities).map((number) => ({ subject_id, at, user: 'a test', description: `${number}` })),
  );
}
const textsOf = ({ comments }: PersonnelEvent | AccessRequest) => comments.map(({ text }) => Number(text));
const stepsOf = ({ activity }: PersonnelEvent | AccessRequest) => activity.map(({ description }) => description);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

for (const [kind, get] of kinds) {
  it(`200: an ${kind} shows the latest 50 comments, and the earlier ones page by page`, async () => {
    const { tenant, id } = await givenSubject(kind);
    await givenHistory(id, { comments: 120 });
    const page = async (commentPage?: number) => dataOf(await get(tenant.reader.client, id, commentPage ? { commentPage } : undefined));
    const first = await page();
    expect([first.commentCount, textsOf(first)]).toEqual([120, numbers(71, 120)]);
    expect(await page(1)).toEqual(first);
    expect(textsOf(await page(2))).toEqual(numbers(21, 70));
    const last = await page(3);
    expect([last.commentCount, textsOf(last), last.activity]).toEqual([120, numbers(1, 20), first.activity]);
    expect([(await page(4)).commentCount, textsOf(await page(20))]).toEqual([120, []]);
  });

  it(`200: an ${kind} shows the latest 50 entries of its activity, and no more than the latest 1,000 page by page`, async () => {
    const { tenant, id } = await givenSubject(kind);
    await givenHistory(id, { activities: 1200 });
    const page = async (activityPage: number) => dataOf(await get(tenant.reader.client, id, { activityPage }));
    const first = await page(1);
    expect([first.activityCount, stepsOf(first), first.commentCount]).toEqual([1000, numbers(1151, 1200).map(String), 0]);
    expect(stepsOf(await page(20))).toEqual(numbers(201, 250).map(String));
  });

  it.each([0, 1, 49, 50, 51])(`200: the counts of an ${kind} with %d further rows are exact on every page`, async (count) => {
    const { tenant, id } = await givenSubject(kind);
    const before = dataOf(await get(tenant.reader.client, id));
    await givenHistory(id, { comments: count, activities: count });
    for (const page of [1, 2]) {
      const { activityCount, commentCount } = dataOf(await get(tenant.reader.client, id, { activityPage: page, commentPage: page }));
      expect([activityCount, commentCount]).toEqual([before.activity.length + count, count]);
    }
  });

  it(`400, 403: an ${kind} refuses pages that do not exist, and pages of a list that the token may not read`, async () => {
    const { tenant, id } = await givenSubject(kind);
    for (const page of [0, 21, 1.5, 'last'])
      for (const name of ['activityPage', 'commentPage']) {
        const { error, response } = await get(tenant.reader.client, id, { [name]: page });
        expect([response?.status, error]).toMatchObject([400, { errors: [{ field: name }] }]);
      }
    const resource = kind === 'event' ? 'personnel-events' : 'access-requests';
    const { client } = await givenToken(server, tenant.organization, {
      permissions: [{ resource, action: 'read', fields: ['number', 'comments'] }],
    });
    expect((await get(client, id, { activityPage: 1 })).response?.status).toBe(403);
    const limited = dataOf(await get(client, id, { commentPage: 1 }));
    expect([Object.keys(limited).sort(), 'activityCount' in limited]).toEqual([['comments', 'id', 'kind', 'number'], false]);
  });
}

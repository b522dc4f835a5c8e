import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { cancelPersonnelEvent, commentPersonnelEvent } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { dumpPersonnelTables, givenOnboard, setClock, unknownIds } from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { completeStageOf, givenIdentity, givenOffboard, readEvent, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const comment = ({ writer }: Tenant, { id }: { id: string }, body: unknown) =>
  commentPersonnelEvent({ client: writer.client, path: { id }, body: body as { text: string } });
const textsOf = async ({ reader }: Tenant, event: { id: string }) =>
  (await readEvent(reader.client, event)).comments.map(({ author, text }) => `${author}: ${text}`);

it('404: returns the same error for an unknown event and for one of another organization, and stores no comment', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, (foreign) => givenOnboard(foreign, today(server)))) {
    const before = await dumpPersonnelTables(server);
    expect(messageOf(await comment(tenant, { id }, { text: 'Mine' }))).toEqual([404, `Personnel Event with id ${id} not found`]);
    expect(await dumpPersonnelTables(server)).toEqual(before);
  }
});

it('400: rejects blank, too long and malformed comments', async () => {
  const tenant = await givenTenant(server);
  const event = await givenOnboard(tenant, today(server));
  const refusal = async (body: unknown) => errorsOf(await comment(tenant, event, body));
  expect(await refusal({})).toEqual([400, [{ field: 'text', message: 'Is required' }]]);
  expect(await refusal({ text: '' })).toEqual([400, [{ field: 'text', message: 'Must not be empty' }]]);
  expect(await refusal({ text: 'x'.repeat(4001) })).toEqual([400, [{ field: 'text', message: 'Must have at most 4000 characters' }]]);
  for (const text of [' ', '\n\t', '\u00a0', 'a\u0000b', 'a\u007fb', null, 5])
    expect(await refusal({ text })).toEqual([400, [expect.objectContaining({ field: 'text' })]]);
  expect(await refusal({ text: null, author: 'Somebody else', date: '2035-01-01' })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'author', message: 'Is not a known field' },
      { field: 'date', message: 'Is not a known field' },
      { field: 'text', message: 'Must be text' },
    ]),
  ]);
  expect(errorsOf(await comment(tenant, { id: 'x' }, { text: 'Hello' }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
  expect(await textsOf(tenant, event)).toEqual([]);
});

it('201: returns the comment as the event shows it, with the token as author, oldest first', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00.250Z');
  const event = await givenOnboard(tenant, today(server), { comment: 'First' });
  const text = '  Second,\r\n\twith a tab, \'quotes\' and "👋" \\ %s  ';
  const { data, response } = await comment(tenant, { id: event.id.toUpperCase() }, { text });
  expect(response?.status).toBe(201);
  expect(data).toEqual({ id: expect.any(String), author: 'API Token - Nightly', text, date: '2030-06-15T12:00:00.250Z' });
  // Comments stay in the order of their insertion, even if the clock goes back.
  server.clock.now = new Date('2030-06-15T11:00:00Z');
  dataOf(await commentPersonnelEvent({ client: tenant.administrator.client, path: { id: event.id }, body: { text: '👋'.repeat(4000) } }));
  const { comments } = await readEvent(tenant.reader.client, event);
  expect([comments[1], comments.map(({ author, text }) => [author, text])]).toEqual([
    data,
    [
      ['API Token - Nightly', 'First'],
      ['API Token - Nightly', text],
      ['API Token - Administrator', '👋'.repeat(4000)],
    ],
  ]);
});

it('201: accepts a comment on a completed or canceled event and changes nothing else', async () => {
  const tenant = await givenTenant(server);
  const canceled = await givenOnboard(tenant, today(server));
  await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: canceled.id } });
  const { id } = await givenIdentity(server, tenant);
  const done = await givenOffboard(server, tenant, id);
  await completeStageOf(tenant.writer.client, done, 'Approval');
  await completeStageOf(tenant.writer.client, done, 'Verification');
  for (const event of [canceled, done]) {
    const before = await readEvent(tenant.reader.client, event);
    const { data } = await comment(tenant, event, { text: 'For the record' });
    expect(await readEvent(tenant.reader.client, event)).toEqual({ ...before, commentCount: 1, comments: [data] });
  }
});

it('201, 409: accepts 1,000 comments; of three concurrent calls at the limit, one succeeds', async () => {
  const tenant = await givenTenant(server);
  const event = await givenOnboard(tenant, today(server));
  const rows = Array.from({ length: 999 }, (_, index) => ({ text: `${index}`, author: 'a test', created_at: '2026-02-20 08:00:00.000' }));
  for (let from = 0; from < rows.length; from += 100)
    await server.db('comments').insert(rows.slice(from, from + 100).map((row) => ({ ...row, id: randomUUID(), subject_id: event.id })));
  const results = await concurrently(3, () => comment(tenant, event, { text: 'The last' }));
  expect(statusesOf(results)).toEqual([201, 409, 409]);
  expect(messageOf(results.find(({ response }) => response?.status === 409) as (typeof results)[0])).toEqual([
    409,
    'Personnel Event 1 already has 1000 comments, the maximum',
  ]);
  const texts = await textsOf(tenant, event);
  expect([texts.length, texts[0], texts.at(-1)]).toEqual([50, 'a test: 950', 'API Token - Nightly: The last']);
  expect((await comment(tenant, await givenOnboard(tenant, today(server)), { text: 'Elsewhere' })).response?.status).toBe(201);
});

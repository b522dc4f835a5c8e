import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { commentAccessRequest, completeAccessRequest } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { dumpPersonnelTables, givenOpenRequests, readAccessRequest, setClock, unknownIds } from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { readEvent } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const comment = ({ writer }: Tenant, { id }: { id: string }, body: unknown) =>
  commentAccessRequest({ client: writer.client, path: { id }, body: body as { text: string } });

it('404: returns the same error for an unknown access request and for one of another organization, and stores no comment', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, async (foreign) => (await givenOpenRequests(server, foreign)).request)) {
    const before = await dumpPersonnelTables(server);
    expect(messageOf(await comment(tenant, { id }, { text: 'Mine' }))).toEqual([404, `Access Request with id ${id} not found`]);
    expect(await dumpPersonnelTables(server)).toEqual(before);
  }
});

it('400: rejects blank, too long and malformed comments', async () => {
  const tenant = await givenTenant(server);
  const { request } = await givenOpenRequests(server, tenant);
  const refusal = async (body: unknown) => errorsOf(await comment(tenant, request, body));
  expect(await refusal({ text: 'x'.repeat(4001) })).toEqual([400, [{ field: 'text', message: 'Must have at most 4000 characters' }]]);
  for (const text of ['', ' ', '\n\t', 'a\u0000b', null])
    expect(await refusal({ text })).toEqual([400, [expect.objectContaining({ field: 'text' })]]);
  expect(await refusal({ author: 'Somebody else' })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'text', message: 'Is required' },
      { field: 'author', message: 'Is not a known field' },
    ]),
  ]);
  expect(errorsOf(await comment(tenant, { id: 'x' }, { text: 'Hello' }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
  expect((await readAccessRequest(tenant, request)).comments).toEqual([]);
});

it('201: returns the comment as the access request shows it, with the token as author; also for a completed request', async () => {
  const tenant = await givenTenant(server);
  const { event, request } = await givenOpenRequests(server, tenant);
  setClock(server, '2035-06-15T12:00:00Z');
  const { data, response } = await comment(tenant, { id: request.id.toUpperCase() }, { text: ' Done\n"👋" ' });
  const expected = { id: expect.any(String), author: 'API Token - Nightly', text: ' Done\n"👋" ', date: '2035-06-15T12:00:00.000Z' };
  expect([response?.status, data]).toEqual([201, expected]);
  await completeAccessRequest({ client: tenant.writer.client, path: { id: request.id } });
  const before = await readAccessRequest(tenant, request);
  const path = { id: request.id };
  const last = dataOf(await commentAccessRequest({ client: tenant.administrator.client, path, body: { text: '👋'.repeat(4000) } }));
  expect(await readAccessRequest(tenant, request)).toEqual({ ...before, commentCount: 2, comments: [data, last] });
  expect([last.author, (await readEvent(tenant.reader.client, event)).comments]).toEqual(['API Token - Administrator', []]);
});

it('201, 409: accepts 1,000 comments; of three concurrent calls at the limit, one succeeds', async () => {
  const tenant = await givenTenant(server);
  const { request, event } = await givenOpenRequests(server, tenant);
  const rows = Array.from({ length: 999 }, (_, index) => ({ text: `${index}`, author: 'a test', created_at: '2026-02-20 08:00:00.000' }));
  for (let from = 0; from < rows.length; from += 100)
    await server.db('comments').insert(rows.slice(from, from + 100).map((row) => ({ ...row, id: randomUUID(), subject_id: request.id })));
  const results = await concurrently(3, () => comment(tenant, request, { text: 'The last' }));
  expect(statusesOf(results)).toEqual([201, 409, 409]);
  const refused = results.find(({ response }) => response?.status === 409);
  expect(refused?.error?.message).toBe('Access Request 1 already has 1000 comments, the maximum');
  const now = await readAccessRequest(tenant, request);
  expect([now.commentCount, now.comments.length, now.comments[0]?.text, now.comments.at(-1)?.text]).toEqual([1000, 50, '950', 'The last']);
  expect((await readEvent(tenant.reader.client, event)).comments).toEqual([]);
});

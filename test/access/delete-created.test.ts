import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createToken, deleteAccessKey, deleteToken, getCurrentToken, listTokenSafety, revokeAllTokens } from '../../generated/sdk.gen.ts';
import type { TokenCreate } from '../../generated/types.gen.ts';
import { deleteBatchMax } from '../../server/access/store/delete-tokens.ts';
import { type GivenToken, givenTenant, givenToken } from '../support/given.ts';
import { exchangeKey, givenAccessKey } from '../support/given-keys.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

/** Creates a token through the API, with administrator access. */
async function createdBy({ client }: Pick<GivenToken, 'client'>, body: Partial<TokenCreate> = {}) {
  const { data, error } = await createToken({ client, body: { name: 'Created', accessLevel: 'Administrator', ...body } });
  if (!data) throw new Error(error?.message);
  return { id: data.id, client: server.client(data.secret) };
}
const remove = async ({ client }: Pick<GivenToken, 'client'>, id: string, alsoDeleteCreated?: boolean) => {
  const { response, error } = await deleteToken({
    client,
    path: { id },
    query: alsoDeleteCreated === undefined ? {} : { alsoDeleteCreated },
  });
  return { status: response?.status, message: error?.message };
};
const statusOf = async ({ client }: Pick<GivenToken, 'client'>) => (await getCurrentToken({ client })).response?.status;
const creatorDeleted = async ({ client }: Pick<GivenToken, 'client'>) => {
  const { data } = await listTokenSafety({ client, query: { finding: 'Creator deleted' } });
  return data?.items.map(({ token }) => token.id);
};

/** The administrator created `first`, which created `second` and an access key, whose access token created `third`. */
async function givenFamily() {
  const { administrator, organization, writer } = await givenTenant(server);
  const first = await createdBy(administrator);
  const second = await createdBy(first);
  const key = await givenAccessKey(second, { accessLevel: 'Administrator' });
  const exchanged = await exchangeKey(server, key);
  const third = await createdBy({ client: server.client(exchanged.access_token) });
  const cousin = await createdBy(administrator);
  return { administrator, organization, writer, first, second, key, third, cousin };
}

it('204: what a deleted token created stays, tells it, and is in the safety list', async () => {
  const { administrator, first, second, third } = await givenFamily();
  expect(await creatorDeleted(administrator)).toEqual([]);
  expect(await remove(administrator, first.id)).toMatchObject({ status: 204 });
  expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
  expect(await creatorDeleted(administrator)).toEqual([second.id]);
  const { data } = await getCurrentToken({ client: second.client });
  expect(data).toMatchObject({ id: second.id, isCreatorDeleted: true });
});

it('204: alsoDeleteCreated deletes everything that the token created, directly or not, and nothing else', async () => {
  const { administrator, writer, first, second, key, third, cousin } = await givenFamily();
  expect(await remove(administrator, first.id, true)).toMatchObject({ status: 204 });
  for (const gone of [first, second, third]) expect(await statusOf(gone)).toBe(401);
  expect((await exchangeKey(server, key)).status).toBe(401);
  for (const left of [administrator, writer, cousin]) expect(await statusOf(left)).toBe(200);
  expect(await creatorDeleted(administrator)).toEqual([]);
});

it('204: also finds what was created by a token that was deleted before', async () => {
  const { administrator, first, second, key, third, cousin } = await givenFamily();
  expect(await remove(administrator, second.id)).toMatchObject({ status: 204 });
  const { response } = await deleteAccessKey({ client: administrator.client, path: { id: key.id } });
  expect([response?.status, await statusOf(third)]).toEqual([204, 200]);
  expect(await creatorDeleted(administrator)).toEqual([third.id]);
  expect(await remove(administrator, first.id, true)).toMatchObject({ status: 204 });
  expect([await statusOf(third), await statusOf(cousin)]).toEqual([401, 200]);
});

it('204: an access key with alsoDeleteCreated takes along the tokens that its access tokens created', async () => {
  const { administrator, second, key, third } = await givenFamily();
  const { response } = await deleteAccessKey({ client: administrator.client, path: { id: key.id }, query: { alsoDeleteCreated: true } });
  expect([response?.status, await statusOf(third), await statusOf(second)]).toEqual([204, 401, 200]);
});

it('204: a token that deletes itself may take along what it created', async () => {
  const { administrator, first, second, third } = await givenFamily();
  expect(await remove(first, first.id, true)).toMatchObject({ status: 204 });
  expect([await statusOf(first), await statusOf(second), await statusOf(third), await statusOf(administrator)]).toEqual([
    401, 401, 401, 200,
  ]);
});

it('409: deletes nothing if the caller would be deleted too', async () => {
  const { administrator, first, second, key, third } = await givenFamily();
  expect(await remove(second, first.id, true)).toEqual({
    status: 409,
    message:
      'This token was created by Created or by what it created, and would be deleted too; use a token that was not, or leave out alsoDeleteCreated',
  });
  const { response } = await deleteAccessKey({ client: third.client, path: { id: key.id }, query: { alsoDeleteCreated: true } });
  expect(response?.status).toBe(409);
  for (const left of [administrator, first, second, third]) expect(await statusOf(left)).toBe(200);
});

it('403: deletes nothing if one of the created tokens has more permissions than the caller', async () => {
  const { administrator, organization } = await givenTenant(server);
  const rights = (...resources: string[]) =>
    resources.flatMap((resource) => (['create', 'delete'] as const).map((action) => ({ resource, action, fields: null })));
  const caller = await givenToken(server, organization, { access_level: 'Administrator', permissions: rights('tokens', 'access-keys') });
  const creator = await createdBy(caller, { permissions: rights('tokens') as TokenCreate['permissions'] });
  const created = await createdBy(creator, { permissions: rights('tokens') as TokenCreate['permissions'] });
  await server.db('tokens').where({ id: created.id }).update({ permissions: null });
  expect(await remove(caller, creator.id, true)).toEqual({
    status: 404,
    message: 'This is not possible, for a reason that this token may not read; check the ids and keys in the request',
  });
  expect([await statusOf(creator), await statusOf(created)]).toEqual([200, 200]);
  expect(await remove(administrator, creator.id, true)).toMatchObject({ status: 204 });
});

it('403: alsoDeleteCreated needs permission to delete tokens and access keys; without it the permission for one is enough', async () => {
  const { administrator, organization } = await givenTenant(server);
  const permissions = [{ resource: 'tokens', action: 'delete' as const, fields: null }];
  const caller = await givenToken(server, organization, { access_level: 'Administrator', permissions });
  const target = await createdBy(administrator, { permissions: permissions as TokenCreate['permissions'] });
  expect(await remove(caller, target.id, true)).toEqual({
    status: 403,
    message: 'This token may not delete tokens with alsoDeleteCreated=true: that needs permission to delete all fields of access-keys',
  });
  expect(await remove(caller, target.id, false)).toMatchObject({ status: 204 });
});

it('204: never reaches a token outside of the scope of the caller', async () => {
  const [{ administrator }, other] = [await givenTenant(server), await givenTenant(server)];
  const first = await createdBy(administrator);
  await server.db('tokens').where({ id: other.writer.row.id }).update({ creator_id: first.id });
  expect(await remove(administrator, first.id, true)).toMatchObject({ status: 204 });
  expect(await statusOf(other.writer)).toBe(200);
});

it('204: of a creation and a deletion of the creator at the same time, no token is left', async () => {
  const { administrator } = await givenTenant(server);
  for (let round = 0; round < 5; round++) {
    const creator = await createdBy(administrator);
    const [created, removed] = await Promise.all([
      createToken({ client: creator.client, body: { name: 'Late', accessLevel: 'Read' } }),
      remove(administrator, creator.id, true),
    ]);
    expect(removed.status).toBe(204);
    expect([201, 401]).toContain(created.response?.status);
    expect(await server.db('tokens').where({ name: 'Late', creator_id: creator.id })).toEqual([]);
    if (created.data) expect(await statusOf({ client: server.client(created.data.secret) })).toBe(401);
  }
});

it('204: marks and deletes more created tokens than one statement may name', async () => {
  const { administrator, organization } = await givenTenant(server);
  const operator = await givenToken(server, organization, { access_level: 'Administrator' });
  const { id } = await createdBy(administrator);
  const [row] = await server.db('tokens').where({ id });
  const many = { organization_id: organization.id, name: 'one of many' };
  const rows = Array.from({ length: 2 * deleteBatchMax + 1 }, () => ({ ...row, ...many, id: randomUUID(), creator_id: id }));
  const ofRows = rows.map((creator) => ({ ...creator, id: randomUUID(), creator_id: creator.id }));
  await server.db.batchInsert('tokens', [...rows, ...ofRows], 50);
  const countOf = async (values: object) => (await server.db('tokens').where({ ...many, ...values })).length;

  expect(await remove(administrator, id)).toMatchObject({ status: 204 });
  expect(await countOf({ is_creator_deleted: true, creator_id: administrator.row.id })).toBe(rows.length);
  expect(await countOf({})).toBe(rows.length + ofRows.length);
  expect(await remove(operator, administrator.row.id, true)).toMatchObject({ status: 204 });
  expect(await countOf({})).toBe(0);
});

it('200: revoking all tokens marks the kept caller, whose creator is deleted', async () => {
  const { second } = await givenFamily();
  const { response } = await revokeAllTokens({ client: second.client, body: { isDryRun: false, confirmation: 'REVOKE ALL' } });
  const { data } = await getCurrentToken({ client: second.client });
  expect([response?.status, data?.isCreatorDeleted]).toEqual([200, true]);
});

import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createToken, getCurrentToken, getToken, revealToken, rotateToken } from '../../../generated/sdk.gen.ts';
import { type GivenToken, givenTenant, givenToken } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const create = async ({ client }: GivenToken, isRevealable: boolean) =>
  (await createToken({ client, body: { name: 'Legacy', isRevealable } })).data as { id: string; secret: string };
const reveal = ({ client }: GivenToken, id: string) => revealToken({ client, path: { id } });

it('200: returns the secret any number of times, and the new one after a rotation', async () => {
  const { administrator } = await givenTenant(server);
  const { id, secret } = await create(administrator, true);
  for (let count = 0; count < 2; count++) {
    const { data, response } = await reveal(administrator, id);
    expect([response?.status, data]).toEqual([200, { secret }]);
  }
  expect((await getToken({ client: administrator.client, path: { id } })).data?.isRevealable).toBe(true);
  const rotated = await rotateToken({ client: administrator.client, path: { id }, body: {} });
  const { data } = await reveal(administrator, id);
  expect(data?.secret).toBe(rotated.data?.secret);
  expect((await getCurrentToken({ client: server.client(data?.secret) })).data?.id).toBe(id);
});

it('200: the database stores the secret encrypted', async () => {
  const { administrator } = await givenTenant(server);
  const { id, secret } = await create(administrator, true);
  const row = await server.db('tokens').where({ id }).first();
  const stored = Buffer.from(row.encrypted_secret);
  expect(stored.length).toBeGreaterThan(secret.length);
  expect(stored.toString('latin1')).not.toContain(secret.slice(3, 12));
});

it('422: refuses a token that was not created as revealable', async () => {
  const { administrator, writer } = await givenTenant(server);
  const { id } = await create(administrator, false);
  for (const tokenId of [id, writer.row.id]) {
    const { response, error } = await reveal(administrator, tokenId);
    expect([response?.status, error?.error, error?.message]).toEqual([
      422,
      'unprocessable_entity',
      'The secret of this token can not be read again; rotate it for a new one',
    ]);
  }
});

it('403, 404: refuses a token with fewer rights, and does not tell it the name of a token that it may not read', async () => {
  const tenant = await givenTenant(server);
  const { id } = await create(tenant.administrator, true);
  const limited = async (...actions: ('read' | 'download')[]) =>
    givenToken(server, tenant.organization, {
      access_level: 'Administrator',
      permissions: actions.map((action) => ({ resource: 'tokens', action, fields: null })),
    });
  const refusals = [];
  for (const actions of [['read'], ['read', 'download'], ['download']] as const) {
    const { response, error } = await reveal(await limited(...actions), id);
    refusals.push([response?.status, error?.message]);
  }
  expect(refusals).toEqual([
    [403, "This token may not download tokens: its permissions do not include 'download tokens'"],
    [403, 'This token may not reveal token Legacy, because it does not have unrestricted permissions itself'],
    [404, 'This is not possible, for a reason that this token may not read; check the ids and keys in the request'],
  ]);
});

it('404: does not find a token of another organization or an unknown token', async () => {
  const { administrator } = await givenTenant(server);
  const other = await givenTenant(server);
  const { id } = await create(other.administrator, true);
  for (const tokenId of [id, randomUUID()]) expect((await reveal(administrator, tokenId)).response?.status).toBe(404);
});

import { expect, it } from 'vitest';
import { createAccessKey, createToken, deleteToken } from '../../generated/sdk.gen.ts';
import { givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const max = 5;
const server = useServer({ tokensMax: max });

const create = async ({ administrator: { client } }: Tenant, index: number) =>
  (index % 2 ? await createToken({ client, body: { name: 'New' } }) : await createAccessKey({ client, body: { name: 'New' } })).response;

it('409: an organization has no more tokens and access keys than the maximum, also with concurrent creations', async () => {
  // It has three tokens already.
  const tenant = await givenTenant(server);
  const responses = await Promise.all(Array.from({ length: 6 }, (_, index) => create(tenant, index)));
  expect(responses.map((response) => response?.status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
  const { error } = await createToken({ client: tenant.administrator.client, body: { name: 'New' } });
  expect(error?.message).toBe('The organization has 5 tokens and access keys, and may not have more; delete some that are not used');
  expect((await create(await givenTenant(server), 0))?.status).toBe(201);
});

it('409, then 201: a deletion makes room, and more tokens than a lowered maximum stay valid', async () => {
  const tenant = await givenTenant(server);
  for (let count = 3; count < max + 1; count++) await givenToken(server, tenant.organization);
  const { client } = tenant.administrator;
  expect((await create(tenant, 0))?.status).toBe(409);
  for (const { row } of [tenant.writer, tenant.reader])
    expect((await deleteToken({ client, path: { id: row.id } })).response?.status).toBe(204);
  expect((await create(tenant, 0))?.status).toBe(201);
});

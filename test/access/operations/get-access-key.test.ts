import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getAccessKey } from '../../../generated/sdk.gen.ts';
import { givenTenant } from '../../support/given.ts';
import { givenAccessKey } from '../../support/given-keys.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the key as it was created, without its secret', async () => {
  const { administrator } = await givenTenant(server);
  const { secret, ...key } = await givenAccessKey(administrator);
  const { data, response } = await getAccessKey({ client: administrator.client, path: { id: key.id.toUpperCase() } });
  expect([response?.status, data, secret.length]).toEqual([200, key, 40]);
});

it('404: does not find a key of another organization, an unknown key, or a token', async () => {
  const { administrator, writer } = await givenTenant(server);
  const foreign = await givenAccessKey((await givenTenant(server)).administrator);
  for (const id of [foreign.id, randomUUID(), writer.row.id]) {
    const { response, error } = await getAccessKey({ client: administrator.client, path: { id } });
    expect([response?.status, error?.message]).toEqual([404, `Access Key with id ${id} not found`]);
  }
});

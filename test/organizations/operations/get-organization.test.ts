import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createOrganization, getOrganization } from '../../../generated/sdk.gen.ts';
import { dataOf, messageOf, spellingsOf } from '../../support/api-results.ts';
import { type GivenToken, givenTenant } from '../../support/given.ts';

import { givenHostToken } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ client }: GivenToken, organizationKey: string) => getOrganization({ client, path: { organizationKey } });

it('200: finds the organization of the caller by key, and by id in upper or lower case', async () => {
  const { organization, administrator } = await givenTenant(server);
  const { id, key, name } = organization;
  for (const named of [key, id, id.toUpperCase()]) {
    const { data, response } = await get(administrator, named);
    expect([response?.status, data]).toEqual([200, { id, key, name, created_at: server.clock.now.toISOString() }]);
  }
});

it('200: the host organization finds any organization', async () => {
  const host = await givenHostToken(server);
  const { organization } = await givenTenant(server);
  expect((await get(host, 'default')).data?.id).toBe(host.row.organization_id);
  for (const named of [organization.key, organization.id]) expect((await get(host, named)).data?.id).toBe(organization.id);
});

it('200: a key of an older version that is the id of another organization does not hide it, and still finds its own', async () => {
  const host = await givenHostToken(server);
  const { organization, administrator } = await givenTenant(server);
  const lookalike = dataOf(await createOrganization({ client: host.client, body: { key: 'lookalike' } }));
  await server.db('organizations').where({ id: lookalike.id }).update({ key: organization.id });
  for (const token of [host, administrator])
    for (const named of spellingsOf(organization.id)) expect((await get(token, named)).data?.id).toBe(organization.id);
  expect((await get(host, lookalike.id)).data?.id).toBe(lookalike.id);
  const unused = randomUUID();
  await server.db('organizations').where({ id: lookalike.id }).update({ key: unused });
  expect((await get(host, unused)).data?.id).toBe(lookalike.id);
});

it('404: responds in the same words to an unknown organization and, except to the host, to another organization', async () => {
  const { organization, administrator } = await givenTenant(server);
  const other = (await givenTenant(server)).organization;
  const host = await givenHostToken(server);
  for (const named of [other.key, other.id, 'default', host.row.organization_id, randomUUID(), 'nowhere', "default' OR '1'='1", 'défaut'])
    expect(messageOf(await get(administrator, named))).toEqual([404, `Organization with id ${named} not found`]);
  for (const named of ['DEFAULT', 'default ', 'nowhere', `${organization.id}0`, randomUUID()])
    expect(messageOf(await get(host, named))).toEqual([404, `Organization with id ${named} not found`]);
});

it('400: refuses an overlong key', async () => {
  const { administrator } = await givenTenant(server);
  const { error, response } = await get(administrator, 'x'.repeat(101));
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'organizationKey', message: 'Must have at most 100 characters' }]]);
});

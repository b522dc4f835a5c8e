import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { getTenant } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf, spellingsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { expectEnvironmentNotFound, givenFactTenant, givenManyFactTenants, productionPath } from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ reader }: Tenant, tenantId: string, path = productionPath) =>
  getTenant({ client: reader.client, path: { ...path, tenantId } });

it("404: finds only environments of the caller's organization", async () => {
  const tenant = await givenTenant(server);
  await expectEnvironmentNotFound(server, tenant, (path) => get(tenant, 'a', path));
});

it('404: does not distinguish unknown tenants from those of another organization, for any text in the path', async () => {
  const tenant = await givenTenant(server);
  const theirs = await givenFactTenant(await givenTenant(server), 'theirs');
  await givenFactTenant(tenant, 'a');
  for (const tenantId of ['nowhere', theirs.key, theirs.id, 'A', 'a ', ' a', 'a\u0000', '../a', '%', '_', "a' OR '1'='1", 'ä', '/'])
    expect(messageOf(await get(tenant, tenantId))).toEqual([404, `Tenant with id ${tenantId} not found`]);
});

it('400: refuses an id that is too long', async () => {
  expect(errorsOf(await get(await givenTenant(server), 'x'.repeat(101)))).toEqual([
    400,
    [{ field: 'tenantId', message: 'Must have at most 100 characters' }],
  ]);
});

it('200: finds a tenant by key, and by id in any case, even if the id is the key of another tenant', async () => {
  const tenant = await givenTenant(server);
  const stripe = await givenFactTenant(tenant, 'stripeinc', { name: 'Stripe Inc', attributes: { allowed_locations: ['US', 'CA'] } });
  const unused = randomUUID();
  // Older versions allowed such keys.
  await givenManyFactTenants(server, tenant, [stripe.id, unused]);
  for (const tenantId of [stripe.key, ...spellingsOf(stripe.id)]) {
    const { data, response } = await get(tenant, tenantId);
    expect([response?.status, data]).toEqual([200, stripe]);
  }
  expect((await get(tenant, unused)).data?.key).toBe(unused);
});

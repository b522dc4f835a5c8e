import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createUser } from '../../../generated/sdk.gen.ts';
import type { UserCreate } from '../../../generated/types.gen.ts';
import { errorsOf, refusedAsId, spellingsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { givenFactTenant, givenManyFactTenants, givenUser, productionPath, readUser } from '../../support/given-facts.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const create = ({ writer }: Tenant, body: UserCreate) => createUser({ client: writer.client, path: productionPath, body });

it('400: refuses a key or a role that looks like an id, in any case', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenUser(tenant, { key: 'ann' });
  await givenFactTenant(tenant, 'a');
  for (const key of [...spellingsOf(id), randomUUID()]) {
    expect(errorsOf(await create(tenant, { key }))).toEqual(refusedAsId('key'));
    const role_assignments = [
      { role: 'admin', tenant: 'a' },
      { role: key, tenant: 'a' },
    ];
    expect(errorsOf(await create(tenant, { key: 'ben', role_assignments }))).toEqual(refusedAsId('role_assignments.1.role'));
  }
  expect(await readUser(tenant, 'ben')).toBeUndefined();
});

it('201: a role goes to the tenant with this id, even if an older version gave another tenant this id as its key', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenFactTenant(tenant, 'a');
  const unused = randomUUID();
  await givenManyFactTenants(server, tenant, [id, unused]);
  const role_assignments = [...spellingsOf(id), unused].map((named) => ({ role: 'admin', tenant: named }));
  const { data } = await create(tenant, { key: 'ann', role_assignments });
  expect(data?.roles.map((role) => role.tenant).sort()).toEqual(['a', unused].sort());
});

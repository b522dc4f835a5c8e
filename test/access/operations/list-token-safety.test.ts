import { expect, it } from 'vitest';
import { listTokenSafety } from '../../../generated/sdk.gen.ts';
import type { SafetyFinding } from '../../../generated/types.gen.ts';
import type { TokenRow } from '../../../server/access/store/token-rows.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const ago = (days: number, ms = 0) => toInstant(new Date(server.clock.now.getTime() - days * 24 * 3_600_000 + ms));

/** Adds a token without findings, except for `values`. The tenant's three own tokens are new and never expire. */
async function givenNamedToken(tenant: Tenant, name: string, values: Partial<TokenRow>) {
  await givenToken(server, tenant.organization, { name, created_at: ago(200), expires_at: ago(-10), last_used_at: ago(1), ...values });
}
const findingsByName = async ({ administrator }: Tenant, finding?: SafetyFinding) => {
  const { data, response } = await listTokenSafety({ client: administrator.client, query: finding ? { finding } : {} });
  expect([response?.status, data?.totalCount]).toEqual([200, data?.items.length]);
  return Object.fromEntries((data?.items ?? []).map(({ token, findings }) => [token.name, findings]));
};

it('200: returns the findings of each unsafe token, and no safe token', async () => {
  const tenant = await givenTenant(server);
  await givenNamedToken(tenant, 'good', {});
  await givenNamedToken(tenant, 'idle', { last_used_at: ago(90, -1) });
  await givenNamedToken(tenant, 'just used', { last_used_at: ago(90) });
  await givenNamedToken(tenant, 'forgotten', { last_used_at: null });
  await givenNamedToken(tenant, 'new', { last_used_at: null, created_at: ago(1) });
  await givenNamedToken(tenant, 'for ever', { expires_at: null });
  await givenNamedToken(tenant, 'limited', {
    access_level: 'Administrator',
    permissions: [{ resource: 'tokens', action: 'read', fields: null }],
  });
  await givenNamedToken(tenant, 'unlimited', { access_level: 'Administrator' });
  const ownFindings = ['Never used', 'Never expires'];
  expect(await findingsByName(tenant)).toEqual({
    // The use by this call is stored later.
    Administrator: [...ownFindings, 'Unrestricted'],
    Nightly: ownFindings,
    Reporting: ownFindings,
    'for ever': ['Never expires'],
    forgotten: ['Never used', 'Idle'],
    idle: ['Idle'],
    new: ['Never used'],
    unlimited: ['Unrestricted'],
  });
  expect(Object.keys(await findingsByName(tenant, 'Idle'))).toEqual(['forgotten', 'idle']);
  expect(Object.keys(await findingsByName(tenant, 'Unrestricted'))).toEqual(['Administrator', 'unlimited']);
  expect(Object.keys(await findingsByName(tenant, 'Never used'))).toEqual(['Administrator', 'Nightly', 'Reporting', 'forgotten', 'new']);
});

it('200: leaves out expired and disabled tokens, access keys, and tokens of other organizations', async () => {
  const tenant = await givenTenant(server);
  const unsafe = { last_used_at: null };
  await givenNamedToken(tenant, 'expired', { ...unsafe, expires_at: ago(0) });
  await givenNamedToken(tenant, 'disabled', { ...unsafe, disabled_at: ago(3) });
  await givenNamedToken(tenant, 'a key', { ...unsafe, kind: 'Access Key' });
  await givenNamedToken(await givenTenant(server), 'foreign', unsafe);
  expect(Object.keys(await findingsByName(tenant))).toEqual(['Administrator', 'Nightly', 'Reporting']);
});

it('400: refuses an unknown finding', async () => {
  const { administrator } = await givenTenant(server);
  const { response, error } = await listTokenSafety({ client: administrator.client, query: { finding: 'Old' as SafetyFinding } });
  expect([response?.status, error?.errors]).toEqual([
    400,
    [{ field: 'finding', message: 'Must be one of Never used, Idle, Never expires, Unrestricted, Creator deleted' }],
  ]);
});

import { expect, it } from 'vitest';
import { listTokenSafety } from '../../../generated/sdk.gen.ts';
import type { SafetyFinding } from '../../../generated/types.gen.ts';
import type { TokenRow } from '../../../server/access/store/token-rows.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const ago = (days: number, ms = 0) => toInstant(new Date(server.clock.now.getTime() - days * 24 * 3_600_000 + ms));

/** Besides the tenant's own, which are younger and never expire. */
async function given(tenant: Tenant, name: string, values: Partial<TokenRow>) {
  await givenToken(server, tenant.organization, { name, created_at: ago(200), expires_at: ago(-10), last_used_at: ago(1), ...values });
}
const found = async ({ administrator }: Tenant, finding?: SafetyFinding) => {
  const { data, response } = await listTokenSafety({ client: administrator.client, query: finding ? { finding } : {} });
  expect([response?.status, data?.totalCount]).toEqual([200, data?.items.length]);
  return Object.fromEntries((data?.items ?? []).map(({ token, findings }) => [token.name, findings]));
};

it('200: says of each token what speaks against it, and leaves out the others', async () => {
  const tenant = await givenTenant(server);
  await given(tenant, 'good', {});
  await given(tenant, 'idle', { last_used_at: ago(90, -1) });
  await given(tenant, 'just used', { last_used_at: ago(90) });
  await given(tenant, 'forgotten', { last_used_at: null });
  await given(tenant, 'new', { last_used_at: null, created_at: ago(1) });
  await given(tenant, 'for ever', { expires_at: null });
  await given(tenant, 'limited', { access_level: 'Administrator', permissions: [{ resource: 'tokens', action: 'read', fields: null }] });
  await given(tenant, 'unlimited', { access_level: 'Administrator' });
  const young = ['Never used', 'Never expires'];
  expect(await found(tenant)).toEqual({
    // It has been used by this very call, which is written later.
    Administrator: [...young, 'Unrestricted'],
    Nightly: young,
    Reporting: young,
    'for ever': ['Never expires'],
    forgotten: ['Never used', 'Idle'],
    idle: ['Idle'],
    new: ['Never used'],
    unlimited: ['Unrestricted'],
  });
  expect(Object.keys(await found(tenant, 'Idle'))).toEqual(['forgotten', 'idle']);
  expect(Object.keys(await found(tenant, 'Unrestricted'))).toEqual(['Administrator', 'unlimited']);
  expect(Object.keys(await found(tenant, 'Never used'))).toEqual(['Administrator', 'Nightly', 'Reporting', 'forgotten', 'new']);
});

it('200: what can not be used any more, access keys and other organizations are not among them', async () => {
  const tenant = await givenTenant(server);
  const bad = { last_used_at: null };
  await given(tenant, 'expired', { ...bad, expires_at: ago(0) });
  await given(tenant, 'disabled', { ...bad, disabled_at: ago(3) });
  await given(tenant, 'a key', { ...bad, kind: 'Access Key' });
  await given(await givenTenant(server), 'foreign', bad);
  expect(Object.keys(await found(tenant))).toEqual(['Administrator', 'Nightly', 'Reporting']);
});

it('400: a finding that there is not', async () => {
  const { administrator } = await givenTenant(server);
  const { response, error } = await listTokenSafety({ client: administrator.client, query: { finding: 'Old' as SafetyFinding } });
  expect([response?.status, error?.errors]).toEqual([
    400,
    [{ field: 'finding', message: 'Must be one of Never used, Idle, Never expires, Unrestricted' }],
  ]);
});

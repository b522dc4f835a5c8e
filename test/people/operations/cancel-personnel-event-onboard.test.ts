import { expect, it } from 'vitest';
import { cancelPersonnelEvent, getIdentity } from '../../../generated/sdk.gen.ts';
import { givenTenant } from '../../support/given.ts';
import { completeApproval, givenOnboard } from '../../support/given-events.ts';
import { today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: canceling a second onboarding with the same e-mail address does not disable the identity of the first', async () => {
  const tenant = await givenTenant(server);
  const identity = { firstName: 'Jane', lastName: 'Smith', email: 'jane@example.com' };
  const onboard = async () => completeApproval(tenant, await givenOnboard(tenant, today(server), { identity }));
  const [first, second] = [await onboard(), await onboard()];
  const { response } = await cancelPersonnelEvent({ client: tenant.writer.client, path: { id: second.id } });
  expect(response?.status).toBe(200);
  const { data } = await getIdentity({ client: tenant.reader.client, path: { id: first.affectedIdentity?.id as string } });
  expect([data?.status, data?.inactivatedDate]).toEqual(['Active', null]);
});

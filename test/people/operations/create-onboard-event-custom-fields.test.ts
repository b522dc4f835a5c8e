import { expect, it } from 'vitest';
import { createOnboardEvent, createRoleTransitionEvent } from '../../../generated/sdk.gen.ts';
import type { PersonnelEvent } from '../../../generated/types.gen.ts';
import { findSettings, updateSettings } from '../../../server/organizations/store/settings.ts';
import { deleteOldCustomFieldValues } from '../../../server/people/store/custom-fields.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant } from '../../support/given.ts';
import { completeApproval, dumpPersonnelTables, givenOnboard, givenSettings, givenTransition } from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { givenIdentity, readEvent, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';
import { isMySqlRun } from '../../support/test-database.ts';

const server = useServer();

const jane = { firstName: 'Jane', lastName: 'Smith' };
const fields = Array.from({ length: 9 }, (_, index) => `customField${index + 1}`);
const each = <Value>(value: (field: string) => Value) => Object.fromEntries(fields.map((field) => [field, value(field)]));

it('400: all are off at first; each that is sent is refused by name, whatever its value', async () => {
  const tenant = await givenTenant(server);
  const before = await dumpPersonnelTables(server);
  const client = tenant.writer.client;
  const off = fields.map((field) => ({ field: `identity.${field}`, message: 'Is switched off in the settings' }));
  for (const value of ['17', '', null]) {
    const onboard = { identity: { ...jane, ...each(() => value) }, effectiveDate: today(server) };
    expect(errorsOf(await createOnboardEvent({ client, body: onboard }))).toEqual([400, off]);
  }
  expect(await dumpPersonnelTables(server)).toEqual(before);
  const { id: identityId } = await givenIdentity(server, tenant);
  const transition = { identityId, identity: { customField2: '17' }, effectiveDate: today(server) };
  expect(errorsOf(await createRoleTransitionEvent({ client, body: transition }))).toEqual([400, [off[1]]]);
});

it('400: a field that another organization has switched on is still off here', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  await givenSettings(other, { customFields: { customField1: 'Badge' } });
  const body = { identity: { ...jane, customField1: '17' }, effectiveDate: today(server) };
  expect((await createOnboardEvent({ client: tenant.writer.client, body })).response?.status).toBe(400);
});

it('201: those that are on are kept with the event; those that are off stay refused', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { customFields: { customField1: 'Badge', customField9: 'Locker' } });
  const long = '👋'.repeat(2048);
  const identity = { ...jane, customField1: long, customField9: ' ' };
  const event = await givenOnboard(tenant, today(server), { identity });
  expect(event.requestedIdentity).toEqual({ ...jane, customField1: long, customField9: null });
  expect((await completeApproval(tenant, event)).requestedIdentity).toEqual(event.requestedIdentity);
  const body = { identity: { ...identity, customField2: 'x' }, effectiveDate: today(server) };
  expect(errorsOf(await createOnboardEvent({ client: tenant.writer.client, body }))).toEqual([
    400,
    [{ field: 'identity.customField2', message: 'Is switched off in the settings' }],
  ]);
});

it('201: switching a field off deletes its values for good, in all events of the organization and in no others', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const begun = [];
  for (const one of [tenant, other]) {
    await givenSettings(one, { customFields: { customField1: 'Badge', customField2: 'Locker' } });
    const person = await givenIdentity(server, one);
    begun.push(
      await givenOnboard(one, today(server), { identity: { ...jane, customField1: '17', customField2: 'A' } }),
      await givenTransition(one, person.id, today(server), { identity: { customField1: '18' } }),
    );
  }
  await givenSettings(tenant, { customFields: { customField1: null } });
  await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
  const [onboard, transition, ...others] = begun as [PersonnelEvent, PersonnelEvent, ...PersonnelEvent[]];
  expect((await readEvent(tenant.reader.client, onboard)).requestedIdentity).toEqual({ ...jane, customField2: 'A' });
  expect((await readEvent(tenant.reader.client, transition)).requestedIdentity).toEqual({});
  for (const event of others) expect((await readEvent(other.reader.client, event)).requestedIdentity).toEqual(event.requestedIdentity);
  while (await deleteOldCustomFieldValues(server.db));
  const values = await server.db('custom_field_values').where({ organization_id: tenant.organization.id, field: 'customField1' });
  expect(values).toEqual([]);
});

it('400: a value that arrives while its field is being switched off is not kept', async () => {
  const tenant = await givenTenant(server);
  const organizationId = tenant.organization.id;
  const { timeZone } = await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
  const body = { identity: { ...jane, customField1: '17' }, effectiveDate: today(server) };
  const isAnybodyWaiting = async () => {
    const running = server.db('information_schema.processlist').where({ db: server.db.raw('database()') });
    return (await running.where('info', 'like', '%from `organizations`%for update').select('id')).length > 0;
  };
  let isAnswered = false;
  const answer = await server.db.transaction(async (trx) => {
    await findSettings(trx, organizationId, { lock: true });
    await updateSettings(trx, organizationId, { timeZone, maxTokenLifetimeDays: null, customFields: {} });
    const call = createOnboardEvent({ client: tenant.writer.client, body }).finally(() => {
      isAnswered = true;
    });
    // Until the call is on its way as far as it gets; on SQLite that is the only connection.
    while (isMySqlRun && !isAnswered && !(await isAnybodyWaiting()));
    return { call };
  });
  const off = [{ field: 'identity.customField1', message: 'Is switched off in the settings' }];
  expect(errorsOf(await answer.call)).toEqual([400, off]);
  expect(await server.db('custom_field_values').where({ organization_id: organizationId })).toEqual([]);
  expect(await server.db('personnel_events').where({ environment_id: tenant.environmentId })).toEqual([]);
});

it('201: nine fields of the longest text at once, from many callers', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { customFields: each((field) => field) });
  const identity = { ...jane, ...each(() => 'x'.repeat(2048)) };
  const events = await concurrently(5, () => givenOnboard(tenant, today(server), { identity }));
  for (const event of events) expect(event.requestedIdentity).toEqual(identity);
});

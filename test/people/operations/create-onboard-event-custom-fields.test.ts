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

it('400: all custom fields are off by default; refuses each by name, with any value', async () => {
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

it('400: refuses a field that only another organization has switched on', async () => {
  const [tenant, otherTenant] = [await givenTenant(server), await givenTenant(server)];
  await givenSettings(otherTenant, { customFields: { customField1: 'Badge' } });
  const body = { identity: { ...jane, customField1: '17' }, effectiveDate: today(server) };
  expect((await createOnboardEvent({ client: tenant.writer.client, body })).response?.status).toBe(400);
});

it('201: stores fields that are switched on with the event; refuses the others', async () => {
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

it('201: switching a field off deletes its values in all events of the organization, and in no others', async () => {
  const [tenant, otherTenant] = [await givenTenant(server), await givenTenant(server)];
  const events = [];
  for (const owner of [tenant, otherTenant]) {
    await givenSettings(owner, { customFields: { customField1: 'Badge', customField2: 'Locker' } });
    const person = await givenIdentity(server, owner);
    events.push(
      await givenOnboard(owner, today(server), { identity: { ...jane, customField1: '17', customField2: 'A' } }),
      await givenTransition(owner, person.id, today(server), { identity: { customField1: '18' } }),
    );
  }
  await givenSettings(tenant, { customFields: { customField1: null } });
  await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
  const [onboard, transition, ...otherEvents] = events as [PersonnelEvent, PersonnelEvent, ...PersonnelEvent[]];
  expect((await readEvent(tenant.reader.client, onboard)).requestedIdentity).toEqual({ ...jane, customField2: 'A' });
  expect((await readEvent(tenant.reader.client, transition)).requestedIdentity).toEqual({});
  for (const event of otherEvents)
    expect((await readEvent(otherTenant.reader.client, event)).requestedIdentity).toEqual(event.requestedIdentity);
  while (await deleteOldCustomFieldValues(server.db));
  const values = await server.db('custom_field_values').where({ organization_id: tenant.organization.id, field: 'customField1' });
  expect(values).toEqual([]);
});

it('400: stores no value that arrives while its field is being switched off', async () => {
  const tenant = await givenTenant(server);
  const organizationId = tenant.organization.id;
  const { timeZone } = await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
  const body = { identity: { ...jane, customField1: '17' }, effectiveDate: today(server) };
  const isCallWaitingForLock = async () => {
    const running = server.db('information_schema.processlist').where({ db: server.db.raw('database()') });
    return (await running.where('info', 'like', '%from `organizations`%for update').select('id')).length > 0;
  };
  let hasResponse = false;
  const pending = await server.db.transaction(async (trx) => {
    await findSettings(trx, organizationId, { lock: true });
    await updateSettings(trx, organizationId, { timeZone, maxTokenLifetimeDays: null, customFields: {} });
    const call = createOnboardEvent({ client: tenant.writer.client, body }).finally(() => {
      hasResponse = true;
    });
    // Waits until the call blocks on the lock. SQLite needs no wait, because the transaction occupies its only connection.
    while (isMySqlRun && !hasResponse && !(await isCallWaitingForLock()));
    return { call };
  });
  const off = [{ field: 'identity.customField1', message: 'Is switched off in the settings' }];
  expect(errorsOf(await pending.call)).toEqual([400, off]);
  expect(await server.db('custom_field_values').where({ organization_id: organizationId })).toEqual([]);
  expect(await server.db('personnel_events').where({ environment_id: tenant.environmentId })).toEqual([]);
});

it('201: stores nine fields of the maximum length in concurrent calls', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { customFields: each((field) => field) });
  const identity = { ...jane, ...each(() => 'x'.repeat(2048)) };
  const events = await concurrently(5, () => givenOnboard(tenant, today(server), { identity }));
  for (const event of events) expect(event.requestedIdentity).toEqual(identity);
});

import { expect, it } from 'vitest';
import { getSettings, updateSettings } from '../../../generated/sdk.gen.ts';
import { deleteOldCustomFieldValues } from '../../../server/people/store/custom-fields.ts';
import { codeOf, dataOf, errorsOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { dumpPersonnelTables, givenLeave, givenOnboard, givenSettings } from '../../support/given-events.ts';

import { givenIdentity, readEvent, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof updateSettings>[0]['body'];
const update = ({ administrator }: Tenant, body: unknown) => updateSettings({ client: administrator.client, body: body as Body });
const settingsNow = async ({ administrator }: Tenant) => dataOf(await getSettings({ client: administrator.client }));

/** Returns the errors of a refused body, after checking that it changed nothing. */
const refusal = async (tenant: Tenant, body: unknown) => {
  const before = await dumpPersonnelTables(server);
  const result = errorsOf(await update(tenant, body));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return result;
};

it('200: changes only the settings of the organization of the caller', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const before = await settingsNow(other);
  await givenSettings(tenant, { timeZone: 'Asia/Tokyo', customFields: { customField1: 'Badge' } });
  expect(await settingsNow(other)).toEqual(before);
});

it('403: refuses a token that is not an administrator, and changes nothing', async () => {
  const tenant = await givenTenant(server);
  const before = await settingsNow(tenant);
  for (const { client } of [tenant.reader, tenant.writer])
    expect(codeOf(await updateSettings({ client, body: { timeZone: 'Asia/Tokyo' } }))).toEqual([403, 'forbidden']);
  expect(await settingsNow(tenant)).toEqual(before);
});

it.each([
  ['that is not in the IANA database', ['Mars/Olympus', ' ', 'Europe/Berlin ', "Europe/Berlin'--", 'Berlin', '2']],
  ['that is a name of the local zone or an offset', ['local', 'system', 'default', 'UTC+3', 'utc+99', '+02:00', '-0530']],
])('400: refuses a time zone %s', async (_rule, zones) => {
  const tenant = await givenTenant(server);
  const wrong = { field: 'timeZone', message: 'Must be an IANA time zone, such as Europe/Berlin' };
  for (const timeZone of zones)
    expect([timeZone, ...(await refusal(tenant, { timeZone, customFields: { customField1: 'Badge' } }))]).toEqual([timeZone, 400, [wrong]]);
});

it('400: names every invalid field', async () => {
  const tenant = await givenTenant(server);
  const customFields = {
    customField0: 'a',
    customField10: 'b',
    customField1: '',
    customField2: ' ',
    customField3: 'x'.repeat(17),
    customField4: 5,
  };
  const [status, errors] = await refusal(tenant, { timeZone: null, language: 'en', customFields });
  const messagesByField = Object.fromEntries(
    (errors as { field: string; message: string }[]).map(({ field, message }) => [field, message]),
  );
  expect([status, messagesByField]).toEqual([
    400,
    {
      language: 'Is not a known field',
      timeZone: 'Must be text',
      'customFields.customField0': 'Is not a known field',
      'customFields.customField10': 'Is not a known field',
      'customFields.customField1': 'Must not be empty',
      'customFields.customField2': 'Must not be blank or hold control characters',
      'customFields.customField3': 'Must have at most 16 characters',
      'customFields.customField4': expect.stringMatching(/^Must be text/),
    },
  ]);
  expect(await refusal(tenant, {})).toEqual([400, [{ field: 'body', message: 'Must have at least 1 field' }]]);
  expect(await refusal(tenant, undefined)).toEqual([400, [{ field: 'body', message: 'Is required' }]]);
  expect(await refusal(tenant, { timeZone: 'x'.repeat(65) })).toEqual([
    400,
    [{ field: 'timeZone', message: 'Must have at most 64 characters' }],
  ]);
});

it('200: changes only the sent settings; null disables a custom field; a change can be repeated', async () => {
  const tenant = await givenTenant(server);
  const first = await settingsNow(tenant);
  const zone = await update(tenant, { timeZone: 'America/Chicago' });
  expect([zone.response?.status, zone.data]).toEqual([200, { ...first, timeZone: 'America/Chicago' }]);
  const named = { customField1: '👋'.repeat(16), customField5: '"\\"' };
  const expected = { timeZone: 'America/Chicago', maxTokenLifetimeDays: null, customFields: { ...first.customFields, ...named } };
  for (let count = 0; count < 2; count++) expect((await update(tenant, { customFields: named })).data).toEqual(expected);
  expect((await update(tenant, { customFields: {} })).data).toEqual(expected);
  expect((await update(tenant, { customFields: { customField1: null, customField2: null } })).data).toEqual({
    timeZone: 'America/Chicago',
    maxTokenLifetimeDays: null,
    customFields: { ...first.customFields, customField5: '"\\"' },
  });
  expect(await settingsNow(tenant)).toMatchObject({ customFields: { customField1: null, customField5: '"\\"' } });
});

it('200: accepts nine custom fields with the longest possible names', async () => {
  const tenant = await givenTenant(server);
  const names = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`customField${index + 1}`, '"\\"\\"\\"\\"\\"\\"\\"\\']));
  expect((await update(tenant, { customFields: names })).data?.customFields).toEqual(names);
});

it('200: a changed time zone applies to new dates, and does not move stored ones', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const before = await givenLeave(tenant, id, '2035-01-01');
  await givenSettings(tenant, { timeZone: 'Pacific/Kiritimati' });
  expect((await readEvent(tenant.reader.client, before)).neededOn).toBe('2035-01-01T00:00:00.000Z');
  expect((await givenLeave(tenant, id, '2035-01-01')).neededOn).toBe('2034-12-31T10:00:00.000Z');
});

it('200: a renamed custom field keeps its values', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
  const identity = { firstName: 'Jane', lastName: 'Smith', customField1: '17' };
  const event = await givenOnboard(tenant, today(server), { identity });
  await givenSettings(tenant, { customFields: { customField1: 'Badge number' } });
  expect((await readEvent(tenant.reader.client, event)).requestedIdentity).toEqual(identity);
});

it('200: concurrent changes of different settings are all stored', async () => {
  const tenant = await givenTenant(server);
  const fields = Array.from({ length: 9 }, (_, index) => `customField${index + 1}`);
  const changes = [{ timeZone: 'Asia/Tokyo' }, ...fields.map((field) => ({ customFields: { [field]: field } }))];
  expect(new Set(statusesOf(await Promise.all(changes.map((body) => update(tenant, body)))))).toEqual(new Set([200]));
  expect(await settingsNow(tenant)).toEqual({
    timeZone: 'Asia/Tokyo',
    maxTokenLifetimeDays: null,
    customFields: Object.fromEntries(fields.map((field) => [field, field])),
  });
});

it('200: the values of a disabled custom field disappear at once, and are deleted in batches', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { customFields: { customField1: 'Badge', customField2: 'Locker' } });
  const identity = { firstName: 'Jane', lastName: 'Smith', customField1: '17', customField2: 'A' };
  const event = await givenOnboard(tenant, today(server), { identity });
  await givenSettings(tenant, { customFields: { customField1: null } });
  const { customField1: _gone, ...remaining } = identity;
  expect((await readEvent(tenant.reader.client, event)).requestedIdentity).toEqual(remaining);
  const values = () => server.db('custom_field_values').where({ personnel_event_id: event.id }).pluck('field');
  expect(await values()).toHaveLength(2);
  while (await deleteOldCustomFieldValues(server.db));
  expect(await values()).toEqual(['customField2']);
});

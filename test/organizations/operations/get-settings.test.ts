import { expect, it } from 'vitest';
import { getSettings } from '../../../generated/sdk.gen.ts';
import { codeOf } from '../../support/api-results.ts';
import { givenTenant } from '../../support/given.ts';
import { givenSettings } from '../../support/given-events.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const fields = Array.from({ length: 9 }, (_, index) => `customField${index + 1}`);
const off = Object.fromEntries(fields.map((field) => [field, null]));

it('200: starts with UTC and all custom fields disabled, whatever other organizations have set', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  await givenSettings(other, { timeZone: 'America/Chicago', customFields: { customField1: 'Badge' } });
  const { data, response } = await getSettings({ client: tenant.administrator.client });
  expect([response?.status, data]).toEqual([200, { timeZone: 'UTC', maxTokenLifetimeDays: null, customFields: off }]);
});

it('200: returns the settings as changed last, with the name of each custom field', async () => {
  const tenant = await givenTenant(server);
  await givenSettings(tenant, { timeZone: 'America/Chicago' });
  const set = await givenSettings(tenant, { customFields: { customField1: 'Badge number', customField9: 'Schließfach' } });
  const { data } = await getSettings({ client: tenant.administrator.client });
  expect(data).toEqual({
    timeZone: 'America/Chicago',
    maxTokenLifetimeDays: null,
    customFields: { ...off, customField1: 'Badge number', customField9: 'Schließfach' },
  });
  expect(data).toEqual(set);
});

it('403: refuses a token that is not an administrator', async () => {
  const { reader, writer } = await givenTenant(server);
  for (const { client } of [reader, writer]) expect(codeOf(await getSettings({ client }))).toEqual([403, 'forbidden']);
});

import { expect, it } from 'vitest';
import { createOnboardEvent, listPersonnelEvents } from '../../../generated/sdk.gen.ts';
import { invalid } from '../../../server/common/errors.ts';
import { toInstant } from '../../../server/database/instants.ts';
import { type EventReport, recordEventReport } from '../../../server/people/record-event-report.ts';
import { givenTenant } from '../../support/given.ts';
import { givenSettings } from '../../support/given-events.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const identity = (name: string) => ({ firstName: name, lastName: 'Berg', identityType: 'Employee' as const });

it('201: records each of many concurrent reports once, with its own comment and without gaps in the numbers', async () => {
  const tenants = [await givenTenant(server), await givenTenant(server)];
  const names = Array.from({ length: 40 }, (_, index) => `Name ${index}`);
  const results = await Promise.all(
    names.map((name, index) => {
      const body = { identity: identity(name), effectiveDate: '2035-01-01', comment: index % 3 === 0 ? `About ${name}` : null };
      return createOnboardEvent({ client: (tenants[index % 2] as (typeof tenants)[number]).writer.client, body });
    }),
  );
  expect(results.map(({ data }) => data?.requestedIdentity?.firstName)).toEqual(names);
  expect(results.map(({ data }) => data?.comments.map(({ text }) => text))).toEqual(
    names.map((name, index) => (index % 3 === 0 ? [`About ${name}`] : [])),
  );
  for (const [at, { writer }] of tenants.entries()) {
    const own = results.filter((_, index) => index % 2 === at).map(({ data }) => data?.number);
    expect(own.toSorted((left, right) => Number(left) - Number(right))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect((await listPersonnelEvents({ client: writer.client })).data?.totalCount).toBe(20);
  }
});

it('201, 400: refuses a report whose custom field is being switched off, and records the others of its group commit once', async () => {
  const tenant = await givenTenant(server);
  const { organization, environmentId, writer } = tenant;
  await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
  const { now } = server.clock;
  const report = (customField1?: string): EventReport => ({
    ...{ organizationId: organization.id, environmentId, now, comment: null },
    customFieldValues: customField1 === undefined ? {} : { customField1 },
    checkCustomFields: () => {
      if (customField1 === 'off') throw invalid({ field: 'identity.customField1', message: 'Is switched off in the settings' });
    },
    event: {
      ...{ type: 'Onboard', status: 'Scheduled', reporter_id: writer.row.id, reporter_name: 'a test', identity_id: null },
      ...{ needed_on: toInstant(now), needed_until: null, due_at: null, stages: [], requested_identity: {}, created_at: toInstant(now) },
    },
  });
  const results = await Promise.allSettled(
    [report(), report('off'), report()].map((eventReport) => recordEventReport(server.db, eventReport)),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.event.number] : []))).toEqual([1, 2]);
  expect((await listPersonnelEvents({ client: writer.client })).data?.totalCount).toBe(2);
});

import { randomUUID } from 'node:crypto';
import { insertApplication } from '../server/applications/store/applications.ts';
import { recordEntryChanges } from '../server/database/counted-lists.ts';
import { createDatabase } from '../server/database/database.ts';
import { toInstant } from '../server/database/instants.ts';
import { splitListBlocks } from '../server/database/split-list-blocks.ts';
import { inTransaction } from '../server/database/transactions.ts';
import { findHostOrganization } from '../server/organizations/store/organizations.ts';
import { requestActions } from '../server/people/store/access-request-rows.ts';
import { insertAccessRequests } from '../server/people/store/access-requests.ts';
import { writeIdentities } from '../server/people/store/identities.ts';
import { emptyIdentity, type IdentityRow } from '../server/people/store/identity-rows.ts';
import { eventTypes, workStatuses } from '../server/people/store/personnel-event-rows.ts';
import { insertPersonnelEvents } from '../server/people/store/personnel-events.ts';

const rowsAtOnce = 2_000;
const applications = 2;
const lastNames = ['Chen', 'Martinez', 'Olsen', 'Patel', 'Nguyen', 'García', 'Smith', 'Lee', 'Berg', 'Ó Briain'];
const statuses = ['Active', 'Active', 'Disabled', 'Removed'] as const;

const newIdentity = (environmentId: string, index: number, now: Date): IdentityRow => ({
  id: randomUUID(),
  environment_id: environmentId,
  application_id: null,
  source_key: null,
  ...emptyIdentity,
  first_name: `Name ${(index * 7919) % 100_003}`,
  last_name: lastNames[index % lastNames.length] as string,
  email_address: `person${index}@example.com`,
  title: 'Teller',
  company: 'First Bank of Valkyrie',
  division: 'Retail',
  department: 'Branches',
  office: 'Moorhead',
  first_seen_date: toInstant(now),
  status: statuses[index % statuses.length] as IdentityRow['status'],
});

/**
 * Inserts `rows` identities, events and access requests each into the default environment, with the store's functions.
 *
 * Splits the list blocks as the worker does. Returns the ids and search terms that the benchmark queries.
 */
export async function fillLists(databaseUrl: string, rows: number) {
  const db = createDatabase(databaseUrl);
  const now = new Date();
  const environmentId = (await findHostOrganization(db))?.default_environment_id as string;
  const applicationIds: string[] = [];
  for (let index = 0; index < applications; index++)
    applicationIds.push((await insertApplication(db, now, { environment_id: environmentId, name: `Application ${index}` })).id);

  let identityId = '';
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const indexes = Array.from({ length: Math.min(rowsAtOnce, rows - from) }, (_, index) => from + index);
    await inTransaction(db, async (trx) => {
      const people = indexes.map((index) => newIdentity(environmentId, index, now));
      await recordEntryChanges(trx, await writeIdentities(trx, [], people));
      const reporter = { reporter_id: randomUUID(), reporter_name: 'API Token - Bench' };
      const events = await insertPersonnelEvents(
        trx,
        environmentId,
        people.map(({ id }, index) => ({
          ...reporter,
          created_at: toInstant(now),
          type: eventTypes[index % eventTypes.length] as (typeof eventTypes)[number],
          status: workStatuses[(index >> 2) % workStatuses.length] as (typeof workStatuses)[number],
          identity_id: id,
          needed_on: toInstant(new Date(now.getTime() + ((index * 104_729) % 2_000) * 86_400_000)),
          needed_until: null,
          due_at: null,
          stages: [],
          requested_identity: null,
        })),
      );
      await insertAccessRequests(
        trx,
        now,
        environmentId,
        people.map(({ id }, index) => ({
          ...reporter,
          action: requestActions[index % requestActions.length] as (typeof requestActions)[number],
          status: workStatuses[(index >> 3) % workStatuses.length] as (typeof workStatuses)[number],
          identity_id: id,
          application_id: applicationIds[(index >> 6) % applications] as string,
          target_name: `user${index}`,
          personnel_event_id: events[index]?.id as string,
          stage: 'Provision' as const,
          needed_on: toInstant(now),
          privileges: [],
        })),
      );
      identityId = people[Math.floor(people.length / 2)]?.id as string;
    });
    while (await splitListBlocks(db));
  }
  await db.destroy();
  return {
    identityId,
    applicationId: applicationIds[1] as string,
    email: 'person500@example.com',
    search: `chen%20name%20${(500 * 7919) % 100_003}`,
  };
}

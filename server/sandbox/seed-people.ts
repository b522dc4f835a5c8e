import { recordEntryChanges } from '../database/counted-lists.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transactions.ts';
import { setLastNumber } from '../organizations/store/sequences.ts';
import { newEventProgress } from '../people/event-stages.ts';
import { insertAccessRequests } from '../people/store/access-requests.ts';
import { insertActivities, insertComment } from '../people/store/activities.ts';
import { lockIdentity, updateIdentity, writeIdentities } from '../people/store/identities.ts';
import { emptyIdentity, type IdentityRow } from '../people/store/identity-rows.ts';
import type { PersonnelEventRow } from '../people/store/personnel-event-rows.ts';
import { insertPersonnelEvent } from '../people/store/personnel-events.ts';

export const identityIds = {
  sarah: 'd4a7e2b1-3f5c-4a8d-9e6b-1c2d3e4f5a6b',
  robert: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
  tove: 'c3d4e5f6-a7b8-4901-a345-6789abcdef02',
};
export const eventIds = {
  openTransition: 'c1d2e3f4-a5b6-4789-8123-456789abcdef',
  onboard: 'd2e3f4a5-b6c7-4890-9234-56789abcdef0',
  transition: 'e3f4a5b6-c7d8-4901-a345-6789abcdef01',
  offboard: 'f6a7b8c9-d0e1-2345-6789-abcdef012345',
  absence: 'a7b8c9d0-e1f2-4345-8789-abcdef012346',
};
/** Ids and first-seen dates by key in the directory. */
const directoryIdentities: Record<string, [id: string, at: string]> = {
  '1001': [identityIds.sarah, '2023-03-16T02:00:00Z'],
  '1002': [identityIds.robert, '2019-06-02T02:00:00Z'],
  '1003': [identityIds.tove, '2024-08-02T02:00:00Z'],
};

/** Inserts identities before the directory's import, which updates them, so that they have the ids of the contract's examples. */
export async function seedIdentities(trx: Db, environmentId: string, directoryId: string): Promise<void> {
  const rows = Object.entries(directoryIdentities).map(
    ([key, [id, at]]): IdentityRow => ({
      id,
      environment_id: environmentId,
      application_id: directoryId,
      source_key: key,
      ...emptyIdentity,
      first_seen_date: toInstant(new Date(at)),
    }),
  );
  await recordEntryChanges(trx, await writeIdentities(trx, [], rows));
}

interface Reporter {
  id: string;
  name: string;
}
type EventValues = Pick<PersonnelEventRow, 'type' | 'identity_id' | 'requested_identity'> & { on: string; until?: string };

/** Inserts a new event with its first activity and a comment. */
async function seedEvent(
  trx: Db,
  environmentId: string,
  reporter: Reporter,
  id: string,
  values: EventValues,
  comment?: [id: string, text: string],
) {
  const now = new Date('2026-02-20T08:00:00Z');
  const { on, until, ...eventValues } = values;
  const dates = { type: values.type, needed_on: toInstant(new Date(on)), needed_until: until ? toInstant(new Date(until)) : null };
  const row = await insertPersonnelEvent(trx, environmentId, {
    created_at: toInstant(now),
    ...eventValues,
    ...dates,
    ...newEventProgress(dates, now),
    id,
    reporter_id: reporter.id,
    reporter_name: reporter.name,
  });
  await insertActivities(trx, now, reporter.name, [{ subject_id: id, description: 'Created the event' }]);
  if (comment)
    await insertComment(trx, now, { table: 'personnel_events', id }, { id: comment[0], author: reporter.name, text: comment[1] });
  return row;
}

/** Inserts a role transition whose stage `Provision` is open, with its access request. */
async function seedOpenTransition(trx: Db, environmentId: string, applicationId: string, reporter: Reporter): Promise<void> {
  const approvedAt = new Date('2026-02-20T09:00:00Z');
  const on = toInstant(new Date('2026-02-20T00:00:00Z'));
  const id = eventIds.openTransition;
  await insertPersonnelEvent(trx, environmentId, {
    created_at: toInstant(new Date('2026-02-20T08:00:00Z')),
    id,
    type: 'Role Transition',
    status: 'Open',
    reporter_id: reporter.id,
    reporter_name: reporter.name,
    identity_id: identityIds.tove,
    needed_on: on,
    needed_until: null,
    due_at: null,
    stages: [
      { name: 'Approval', status: 'Completed', completed_on: toInstant(approvedAt) },
      { name: 'Provision', status: 'Open', completed_on: null },
      { name: 'Verification', status: 'Pending', completed_on: null },
    ],
    requested_identity: { title: 'Head Teller' },
  });
  const identity = await lockIdentity(trx, identityIds.tove);
  if (identity) await updateIdentity(trx, identity, { title: 'Head Teller' });
  await setLastNumber(trx, environmentId, 'access_requests', 500);
  const [request] = await insertAccessRequests(trx, approvedAt, environmentId, [
    {
      id: 'b8c9d0e1-f2a3-4456-8901-23456789abcd',
      action: 'Change',
      status: 'Open',
      reporter_id: reporter.id,
      reporter_name: reporter.name,
      identity_id: identityIds.tove,
      application_id: applicationId,
      target_name: 'tolsen',
      personnel_event_id: id,
      stage: 'Provision',
      needed_on: on,
      privileges: [],
    },
  ]);
  const descriptions = ['Completed the stage Approval', 'Made 1 access request', 'Opened the stage Provision', 'Changed the identity'];
  await insertActivities(trx, approvedAt, reporter.name, [
    ...descriptions.map((description) => ({ subject_id: id, description })),
    { subject_id: request?.id as string, description: 'Made by personnel event 311' },
  ]);
}

/** Inserts the events of the contract's examples: an open one, and one of each type that waits for approval, effective in the year 2035. */
export const seedEvents = (db: Db, environmentId: string, applicationId: string, reporter: Reporter): Promise<void> =>
  inTransaction(db, async (trx) => {
    const event = (id: string, values: EventValues, comment?: [string, string]) =>
      seedEvent(trx, environmentId, reporter, id, values, comment);
    await setLastNumber(trx, environmentId, 'personnel_events', 310);
    await seedOpenTransition(trx, environmentId, applicationId, reporter);
    const jane = {
      firstName: 'Jane',
      lastName: 'Smith',
      email: 'jane.smith@valkyriecu.com',
      company: 'Valkyrie Credit Union',
      division: 'Operations',
      department: 'Lending',
      office: 'Main Branch',
      title: 'Loan Officer',
      supervisorId: identityIds.robert,
    };
    await event(eventIds.onboard, { type: 'Onboard', identity_id: null, requested_identity: jane, on: '2035-03-15T00:00:00Z' }, [
      '0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d',
      'New hire starting in Lending department',
    ]);
    await event(eventIds.transition, {
      type: 'Role Transition',
      identity_id: identityIds.sarah,
      requested_identity: { title: 'Head of Lending', department: 'Lending' },
      on: '2035-06-01T00:00:00Z',
      until: '2035-06-15T00:00:00Z',
    });
    const sarahsEvent = { identity_id: identityIds.sarah, requested_identity: null };
    await event(eventIds.offboard, { ...sarahsEvent, type: 'Offboard', on: '2035-04-15T00:00:00Z' }, [
      '1b2c3d4e-5f6a-4b7c-8d8e-9f0a1b2c3d4e',
      'Employee resignation effective April 15',
    ]);
    await event(eventIds.absence, { ...sarahsEvent, type: 'Absence', on: '2035-05-01T00:00:00Z', until: '2035-08-01T00:00:00Z' }, [
      '2c3d4e5f-6a7b-4c8d-9e9f-0a1b2c3d4e5f',
      'Medical leave of absence, expected return August 1',
    ]);
  });

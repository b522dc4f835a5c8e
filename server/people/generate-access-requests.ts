import { listApplicationsGrantedAtOnboarding } from '../applications/store/applications.ts';
import { conflict } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import { neededOnOf, waitingStatus } from './event-stages.ts';
import { type AccessRequestRow, insertAccessRequests, listRequestsOfEvent, type RequestAction } from './store/access-requests.ts';
import { accountsMax, listAccounts, listPrivileges } from './store/accounts.ts';
import { insertActivities } from './store/activities.ts';
import type { IdentityRow } from './store/identities.ts';
import type { EventType, PersonnelEventRow } from './store/personnel-events.ts';

type WorkStage = 'Provision' | 'Removal';
type Wanted = Pick<AccessRequestRow, 'action' | 'stage' | 'application_id' | 'target_name' | 'privileges'>;

/** What is done to each account of the person, and in which stage; an onboarding finds no accounts, it asks for them. */
const actions: Record<Exclude<EventType, 'Onboard'>, [action: RequestAction, stage: WorkStage][]> = {
  Offboard: [['Remove', 'Provision']],
  'Role Transition': [
    ['Change', 'Provision'],
    ['Change', 'Removal'],
  ],
  Absence: [
    ['Suspend', 'Provision'],
    ['Restore', 'Removal'],
  ],
};

const nameOf = ({ action, stage, application_id, target_name }: Omit<Wanted, 'privileges'>) =>
  JSON.stringify([action, stage, application_id.toLowerCase(), target_name]);

/** Makes the access requests that an approved event asks for and does not have yet, waiting for their dates. Answers how many. */
export async function generateRequests(trx: Db, now: Date, event: PersonnelEventRow, identity: IdentityRow): Promise<number> {
  const made = new Set((await listRequestsOfEvent(trx, event.id)).map(nameOf));
  const all = event.type === 'Onboard' ? await additions(trx, event, identity) : await changes(trx, event, identity, actions[event.type]);
  const missing = all.filter((wanted) => !made.has(nameOf(wanted)));
  const requests = await insertAccessRequests(
    trx,
    now,
    event.environment_id,
    missing.map((wanted) => ({
      ...wanted,
      status: waitingStatus(neededOnOf(wanted.stage, event), now),
      reporter_id: event.reporter_id,
      reporter_name: event.reporter_name,
      identity_id: identity.id,
      personnel_event_id: event.id,
      needed_on: neededOnOf(wanted.stage, event),
    })),
  );
  const description = `Made by personnel event ${event.number}`;
  await insertActivities(
    trx,
    now,
    event.reporter_name,
    requests.map(({ id }) => ({ subject_id: id, description })),
  );
  return requests.length;
}

async function additions(trx: Db, event: PersonnelEventRow, identity: IdentityRow): Promise<Wanted[]> {
  const name = [identity.first_name, identity.last_name].filter(Boolean).join(' ');
  const target_name = identity.email_address ?? name;
  const applications = await listApplicationsGrantedAtOnboarding(trx, event.environment_id);
  return applications.map(({ id }) => ({ action: 'Add', stage: 'Provision', application_id: id, target_name, privileges: [] }));
}

async function changes(
  trx: Db,
  event: PersonnelEventRow,
  identity: IdentityRow,
  wanted: [action: RequestAction, stage: WorkStage][],
): Promise<Wanted[]> {
  const accounts = await listAccounts(trx, identity);
  if (accounts.length > accountsMax)
    throw conflict(
      `More than ${accountsMax} accounts carry this identity's number or e-mail address; correct it in the applications first`,
    );
  const stages = wanted.filter(([, stage]) => event.stages.some(({ name }) => name === stage));
  const requests: Wanted[] = [];
  for (const account of accounts) {
    const privileges = await listPrivileges(trx, account);
    for (const [action, stage] of stages)
      requests.push({ action, stage, application_id: account.application_id, target_name: account.record_key, privileges });
  }
  return requests;
}

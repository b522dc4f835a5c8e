import { conflict } from './errors.ts';
import { insertAccessRequests, type RequestAction } from './store/access-requests.ts';
import { type AccountRow, accountsMax, listAccounts, listPrivileges } from './store/accounts.ts';
import { listApplicationsGrantedAtOnboarding } from './store/applications.ts';
import type { Db } from './store/database.ts';
import { insertActivities } from './store/histories.ts';
import type { IdentityRow } from './store/identities.ts';
import type { EventType, PersonnelEventRow, Stage } from './store/personnel-events.ts';

/** What is done to each account of the person, and in which stage; an onboarding finds no accounts, it asks for them. */
const actions: Record<Exclude<EventType, 'Onboard'>, [action: RequestAction, stage: 'Provision' | 'Removal'][]> = {
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

const neededOnOf = (event: PersonnelEventRow, stage: Stage['name']) => (stage === 'Removal' ? event.needed_until : event.needed_on);

async function accountsOf(trx: Db, identity: IdentityRow): Promise<AccountRow[]> {
  const accounts = await listAccounts(trx, identity);
  if (accounts.length > accountsMax)
    throw conflict(
      `More than ${accountsMax} accounts carry this identity's number or e-mail address; correct it in the applications first`,
    );
  return accounts;
}

/** Makes the access requests that an approved event asks for, waiting for their dates. Answers how many. */
export async function generateRequests(trx: Db, now: Date, event: PersonnelEventRow, identity: IdentityRow): Promise<number> {
  const name = [identity.first_name, identity.last_name].filter(Boolean).join(' ');
  const wanted =
    event.type === 'Onboard'
      ? (await listApplicationsGrantedAtOnboarding(trx, event.environment_id)).map(({ id }) => ({
          action: 'Add' as const,
          stage: 'Provision' as const,
          application_id: id,
          target_name: identity.email_address ?? name,
          privileges: [],
        }))
      : await wantedOfAccounts(trx, event, await accountsOf(trx, identity), actions[event.type]);
  const requests = await insertAccessRequests(
    trx,
    now,
    event.environment_id,
    wanted.map((request) => ({
      ...request,
      status: neededOnOf(event, request.stage) === null ? 'Snoozed' : 'Scheduled',
      reporter_id: event.reporter_id,
      reporter_name: event.reporter_name,
      identity_id: identity.id,
      personnel_event_id: event.id,
      needed_on: neededOnOf(event, request.stage),
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

async function wantedOfAccounts(
  trx: Db,
  event: PersonnelEventRow,
  accounts: AccountRow[],
  wanted: [action: RequestAction, stage: 'Provision' | 'Removal'][],
) {
  const stages = wanted.filter(([, stage]) => event.stages.some(({ name }) => name === stage));
  const requests = [];
  for (const account of accounts) {
    const privileges = await listPrivileges(trx, account);
    for (const [action, stage] of stages)
      requests.push({ action, stage, application_id: account.application_id, target_name: account.record_key, privileges });
  }
  return requests;
}

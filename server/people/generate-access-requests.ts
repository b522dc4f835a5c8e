import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { listApplicationsGrantedAtOnboarding } from '../applications/store/applications.ts';
import { conflict } from '../common/errors.ts';
import type { Db } from '../database/database.ts';
import { neededOnOf, waitingStatus } from './event-stages.ts';
import type { AccessRequestRow, RequestAction } from './store/access-request-rows.ts';
import { insertAccessRequests, listAccessRequestsOfEvent } from './store/access-requests.ts';
import { accountsMax, listAccounts, listPrivileges } from './store/accounts.ts';
import { insertActivities } from './store/activities.ts';
import type { IdentityRow } from './store/identity-rows.ts';
import type { EventType, PersonnelEventRow } from './store/personnel-event-rows.ts';

type WorkStage = 'Provision' | 'Removal';
type PlannedRequest = Pick<AccessRequestRow, 'action' | 'stage' | 'application_id' | 'target_name' | 'privileges'>;

/**
 * The actions on each existing account, with their stages. An onboarding has none: it requests new accounts.
 *
 * The stage `Provision` starts an event's effect: an offboarding removes access in it. The stage `Removal` ends a leave or a temporary role.
 */
const actionsOfType: Record<Exclude<EventType, 'Onboard'>, [action: RequestAction, stage: WorkStage][]> = {
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

/** The privileges that the accounts of one event may have together. They are stored for each stage of work. */
const eventPrivilegesMax = 20_000;
const eventPrivilegesBytesMax = 8 * 1024 ** 2;

/** Identifies a request within its event, so that no request is made twice. */
const requestKeyOf = ({ action, stage, application_id, target_name }: Omit<PlannedRequest, 'privileges'>) =>
  JSON.stringify([action, stage, application_id.toLowerCase(), target_name]);

/**
 * Inserts the access requests that an approved event needs and does not have yet. Returns their number.
 *
 * Throws 409 if the identity has more than `accountsMax` accounts, or if these have too many privileges.
 */
export async function generateAccessRequests(trx: Db, now: Date, event: PersonnelEventRow, identity: IdentityRow): Promise<number> {
  const existingKeys = new Set((await listAccessRequestsOfEvent(trx, event.id)).map(requestKeyOf));
  const planned =
    event.type === 'Onboard'
      ? await planNewAccounts(trx, event, identity)
      : await planAccountChanges(trx, event, identity, actionsOfType[event.type]);
  const missing = planned.filter((request) => !existingKeys.has(requestKeyOf(request)));
  const requests = await insertAccessRequests(
    trx,
    now,
    event.environment_id,
    missing.map((request) => ({
      ...request,
      status: waitingStatus(neededOnOf(request.stage, event), now),
      reporter_id: event.reporter_id,
      reporter_name: event.reporter_name,
      identity_id: identity.id,
      personnel_event_id: event.id,
      needed_on: neededOnOf(request.stage, event),
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

async function planNewAccounts(trx: Db, event: PersonnelEventRow, identity: IdentityRow): Promise<PlannedRequest[]> {
  const name = [identity.first_name, identity.last_name].filter(Boolean).join(' ');
  const target_name = identity.email_address ?? name;
  const applications = await listApplicationsGrantedAtOnboarding(trx, event.environment_id);
  return applications.map(({ id }) => ({ action: 'Add', stage: 'Provision', application_id: id, target_name, privileges: [] }));
}

const tooMuch = (message: string) =>
  conflict(message, [
    { resource: 'identities', fields: ['emailAddress'] },
    { resource: 'applications', fields: ['attributes'] },
  ]);

async function planAccountChanges(
  trx: Db,
  event: PersonnelEventRow,
  identity: IdentityRow,
  actions: [action: RequestAction, stage: WorkStage][],
): Promise<PlannedRequest[]> {
  const accounts = await listAccounts(trx, identity);
  if (accounts.length > accountsMax)
    throw tooMuch(
      `More than ${accountsMax} accounts have this identity's employee number or e-mail address; correct it in the applications first`,
    );
  const plannedActions = actions.filter(([, stage]) => event.stages.some(({ name }) => name === stage));
  const requests: PlannedRequest[] = [];
  let [count, bytes] = [0, 0];
  for (const account of accounts) {
    await yieldToEventLoop();
    const privileges = await listPrivileges(trx, account);
    count += privileges.length;
    bytes += Buffer.byteLength(JSON.stringify(privileges));
    if (count > eventPrivilegesMax || bytes > eventPrivilegesBytesMax)
      throw tooMuch(
        `The accounts of this identity together have more than ${eventPrivilegesMax} privileges, or more than ${eventPrivilegesBytesMax} bytes of them; correct them in the applications first`,
      );
    for (const [action, stage] of plannedActions)
      requests.push({ action, stage, application_id: account.application_id, target_name: account.record_key, privileges });
  }
  return requests;
}

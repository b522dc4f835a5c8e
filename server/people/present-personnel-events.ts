import type { PersonnelEvent, PersonnelEventSummary } from '../../generated/types.gen.ts';
import type { Db } from '../database/database.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import { neededOnOf } from './event-stages.ts';
import { findHistory, type History, type HistoryPages, presentHistory, presentReporter } from './present-history.ts';
import { presentIdentity } from './present-identities.ts';
import { findRelatedRows } from './related-rows.ts';
import { findCustomFieldValues } from './store/custom-fields.ts';
import { findIdentity, listIdentitiesById } from './store/identities.ts';
import type { IdentityView } from './store/identity-rows.ts';
import type { PersonnelEventHead, PersonnelEventRow } from './store/personnel-event-rows.ts';

const presentEventSummary = (row: PersonnelEventHead, identity: IdentityView | undefined): PersonnelEventSummary => ({
  id: row.id,
  kind: 'Personnel Event',
  number: row.number,
  type: row.type,
  status: row.status,
  reporter: presentReporter(row),
  assignee: null,
  affectedIdentity: identity ? presentIdentity(identity) : null,
  neededOn: isoOf(row.needed_on),
  neededUntil: isoOrNull(row.needed_until),
  completedOn: isoOrNull(row.completed_on),
});

export async function presentEventSummaries(db: Db, rows: PersonnelEventHead[]): Promise<PersonnelEventSummary[]> {
  const identityOf = await findRelatedRows(
    (ids) => listIdentitiesById(db, ids),
    rows.map(({ identity_id }) => identity_id),
  );
  return rows.map((row) => presentEventSummary(row, identityOf(row.identity_id)));
}

/** Presents an event with its identity and history, which the caller has already read. */
export function presentEventWithHistory(
  row: PersonnelEventRow,
  identity: IdentityView | undefined,
  history: History,
  customFieldValues: Awaited<ReturnType<typeof findCustomFieldValues>>,
): PersonnelEvent {
  const requested = { ...row.requested_identity, ...customFieldValues } as PersonnelEvent['requestedIdentity'];
  return {
    ...presentEventSummary(row, identity),
    stages: row.stages.map((stage) => ({
      name: stage.name,
      status: stage.status,
      neededOn: isoOrNull(neededOnOf(stage.name, row)),
      completedOn: isoOrNull(stage.completed_on),
    })),
    ...presentHistory(history),
    requestedIdentity: row.requested_identity === null ? null : requested,
  };
}

/** Reads an event's identity and history and presents the event with them. */
export async function presentEvent(db: Db, row: PersonnelEventRow, pages: HistoryPages = {}): Promise<PersonnelEvent> {
  const [identity, history, customFieldValues] = await Promise.all([
    row.identity_id === null ? undefined : findIdentity(db, row.environment_id, row.identity_id),
    findHistory(db, row.id, pages),
    findCustomFieldValues(db, row.id),
  ]);
  return presentEventWithHistory(row, identity, history, customFieldValues);
}

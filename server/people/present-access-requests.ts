import type { AccessRequest, AccessRequestSummary, RequestResponse } from '../../generated/types.gen.ts';
import { presentApplicationSummary } from '../applications/present-applications.ts';
import { listApplicationsById } from '../applications/store/applications.ts';
import type { Db } from '../database/database.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import { findHistory, type HistoryPages, presentHistory, presentReporter } from './present-history.ts';
import { presentIdentity } from './present-identities.ts';
import { findRelatedRows } from './related-rows.ts';
import type { AccessRequestHead, AccessRequestRow } from './store/access-request-rows.ts';
import { listIdentitiesById } from './store/identities.ts';
import { findPersonnelEvent } from './store/personnel-events.ts';

export async function presentAccessRequestSummaries(db: Db, rows: AccessRequestHead[]): Promise<AccessRequestSummary[]> {
  const [identityOf, applicationOf] = await Promise.all([
    findRelatedRows(
      (ids) => listIdentitiesById(db, ids),
      rows.map(({ identity_id }) => identity_id),
    ),
    findRelatedRows(
      (ids) => listApplicationsById(db, ids),
      rows.map(({ application_id }) => application_id),
    ),
  ]);
  return rows.map((row) => {
    const identity = identityOf(row.identity_id);
    const application = applicationOf(row.application_id);
    if (!application) throw new Error(`Access request ${row.id} refers to an application that does not exist`);
    return {
      id: row.id,
      kind: 'Access Request',
      number: row.number,
      action: row.action,
      status: row.status,
      reporter: presentReporter(row),
      assignee: null,
      target: { type: 'User', name: row.target_name, affectedIdentity: identity ? presentIdentity(identity) : null },
      application: presentApplicationSummary(application),
      createdDate: isoOf(row.created_at),
      neededOn: isoOrNull(row.needed_on),
      completedOn: isoOrNull(row.completed_on),
    };
  });
}

/** Presents who provisioned an access request and who verified it. */
function responsesOf(row: AccessRequestHead): RequestResponse[] {
  const isCanceled = row.status === 'Canceled';
  const provisioned = row.resolved_on
    ? { status: 'Completed' as const, user: row.resolved_by, date: isoOrNull(row.resolved_on) }
    : { status: row.status, user: null, date: null };
  const verified =
    row.status === 'Completed'
      ? { status: 'Completed' as const, user: row.completed_by, date: isoOrNull(row.completed_on) }
      : { status: isCanceled ? row.status : row.resolved_on ? ('Open' as const) : ('Pending' as const), user: null, date: null };
  return [
    { name: 'Provisioning', ...provisioned },
    { name: 'Verification', ...verified },
  ];
}

/** Reads an access request's history and event and presents the request with them. */
export async function presentAccessRequest(db: Db, row: AccessRequestRow, pages: HistoryPages = {}): Promise<AccessRequest> {
  const [[summary], history, event] = await Promise.all([
    presentAccessRequestSummaries(db, [row]),
    findHistory(db, row.id, pages),
    findPersonnelEvent(db, row.environment_id, row.personnel_event_id),
  ]);
  return {
    ...(summary as NonNullable<typeof summary>),
    privileges: row.privileges,
    ...presentHistory(history),
    responses: responsesOf(row),
    relatedItems: event ? [{ id: event.id, kind: 'Personnel Event', number: event.number }] : [],
  };
}

import type {
  AccessRequestSummary,
  Activity,
  Comment,
  Identity,
  PersonnelEventSummary,
  PersonReference,
} from '../../generated/types.gen.ts';
import { presentApplicationSummary } from '../applications/present-applications.ts';
import { listApplicationsById } from '../applications/store/applications.ts';
import type { Db } from '../database/database.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import type { AccessRequestHead } from './store/access-requests.ts';
import type { ActivityRow, CommentRow } from './store/activities.ts';
import { type IdentityView, listIdentitiesById } from './store/identities.ts';
import type { PersonnelEventHead } from './store/personnel-events.ts';

/** `Last, First`, or the one of them that there is. */
const supervisorNameOf = ({ supervisor_last_name, supervisor_first_name }: IdentityView) =>
  [supervisor_last_name, supervisor_first_name].filter((name) => name !== null).join(', ') || null;

export const presentIdentity = (row: IdentityView): Identity => ({
  id: row.id,
  kind: 'Identity',
  firstName: row.first_name,
  lastName: row.last_name,
  emailAddress: row.email_address,
  type: row.type,
  title: row.title,
  company: row.company,
  division: row.division,
  department: row.department,
  office: row.office,
  supervisorName: supervisorNameOf(row),
  createdDate: isoOrNull(row.created_date),
  updatedDate: isoOrNull(row.updated_date),
  firstSeenDate: isoOf(row.first_seen_date),
  inactivatedDate: isoOrNull(row.inactivated_date),
  status: row.status,
});

/** Finds rows by ids that were asked for in any case, in one query for all. */
async function byId<Row extends { id: string }>(list: (ids: string[]) => Promise<Row[]>, ids: (string | null)[]) {
  const rows = await list([...new Set(ids.flatMap((id) => id?.toLowerCase() ?? []))]);
  const found = new Map(rows.map((row) => [row.id.toLowerCase(), row]));
  return (id: string | null) => (id === null ? undefined : found.get(id.toLowerCase()));
}

const presentReporter = ({ reporter_id, reporter_name }: PersonnelEventHead | AccessRequestHead): PersonReference => ({
  id: reporter_id,
  name: reporter_name,
});

export const presentEventSummary = (row: PersonnelEventHead, identity: IdentityView | undefined): PersonnelEventSummary => ({
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

export async function presentEvents(db: Db, rows: PersonnelEventHead[]): Promise<PersonnelEventSummary[]> {
  const identityOf = await byId(
    (ids) => listIdentitiesById(db, ids),
    rows.map(({ identity_id }) => identity_id),
  );
  return rows.map((row) => presentEventSummary(row, identityOf(row.identity_id)));
}

export async function presentRequests(db: Db, rows: AccessRequestHead[]): Promise<AccessRequestSummary[]> {
  const [identityOf, applicationOf] = await Promise.all([
    byId(
      (ids) => listIdentitiesById(db, ids),
      rows.map(({ identity_id }) => identity_id),
    ),
    byId(
      (ids) => listApplicationsById(db, ids),
      rows.map(({ application_id }) => application_id),
    ),
  ]);
  return rows.map((row) => {
    const identity = identityOf(row.identity_id);
    const application = applicationOf(row.application_id);
    if (!application) throw new Error(`Access request ${row.id} is about an application that is not there`);
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

export const presentActivity = ({ at, user, description }: ActivityRow): Activity => ({ date: isoOf(at), user, description });

export const presentComment = ({ id, author, text, created_at }: CommentRow): Comment => ({ id, author, text, date: isoOf(created_at) });

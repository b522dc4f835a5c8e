import type { Identity } from '../../generated/types.gen.ts';
import { isoOf, isoOrNull } from '../database/instants.ts';
import type { IdentityView } from './store/identity-rows.ts';

/** Returns `Last, First`, or the only name that is known. */
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

import { type Db, selectRows } from '../../database/database.ts';
import { joinInOrder } from '../../database/join-in-order.ts';
import type { IdentityRow } from './identities.ts';

/** A user of an application that a person has, as its last import said. */
export interface AccountRow {
  application_id: string;
  generation_id: number;
  record_key: string;
  person_email: string | null;
}
export interface PrivilegeRow {
  name: string;
  groupKey: string | null;
  value: string | null;
  description: string | null;
}

export const accountsMax = 1000;
export const privilegesMax = 1000;
const privilegesBytesMax = 256 * 1024;

/**
 * The accounts of a person in applications that are not archived: users whose employee number is the person's key in its directory, or whose
 * e-mail address is the person's; but none whose address is somebody else's, for two directories may use one number. Where there are more than `accountsMax`, one more than that.
 */
export async function listAccounts(db: Db, identity: IdentityRow): Promise<AccountRow[]> {
  const links = { number: identity.source_key, email: identity.email_address };
  const found = new Map<string, AccountRow>();
  for (const [link, value] of Object.entries(links)) {
    if (value === null) continue;
    const rows: AccountRow[] = await selectRows(
      db,
      `SELECT applications.id AS application_id, application_records.generation_id, record_key, person_email
      FROM applications
      ${joinInOrder(db, 'application_records', `application_records_by_${link}`)} ON application_records.generation_id = applications.generation_id
      WHERE environment_id = ? AND is_archived = 0 AND rows_kind = 'users' AND person_${link} = ?
      ORDER BY applications.name, application_id, record_key LIMIT ?`,
      [identity.environment_id, value.trim().toLowerCase(), accountsMax + 1],
    );
    const others = await emailsOfOthers(
      db,
      identity,
      rows.flatMap(({ person_email }) => person_email ?? []),
    );
    for (const row of rows.filter(({ person_email }) => person_email === null || !others.has(person_email)))
      found.set(JSON.stringify([row.application_id, row.record_key]), row);
  }
  return [...found.values()].slice(0, accountsMax + 1);
}

/** Those among some addresses that other people have. */
async function emailsOfOthers(db: Db, { id, environment_id, email_address }: IdentityRow, emails: string[]): Promise<Set<string>> {
  const own = email_address?.trim().toLowerCase();
  const asked = emails.filter((email) => email !== own);
  if (asked.length === 0) return new Set();
  const rows = await db('identities').where({ environment_id }).whereNot({ id }).whereIn('email_lower', asked).select('email_lower');
  return new Set(rows.map(({ email_lower }) => email_lower));
}

/** What an account may do, as the same import said: the first `privilegesMax`, and no more than 256 KiB of them. */
export async function listPrivileges(db: Db, { generation_id, record_key }: AccountRow): Promise<PrivilegeRow[]> {
  // The key of a privilege is a JSON text that begins with the key of its user.
  const start = `${JSON.stringify([record_key]).slice(0, -1)},`;
  const rows: { record_key: string; attributes: string }[] = await db('application_records')
    .where({ generation_id, rows_kind: 'privileges' })
    .whereBetween('record_key', [start, `${start}\u{10ffff}`])
    .orderBy('record_key')
    .limit(privilegesMax)
    .select('record_key', 'attributes');
  let bytes = 0;
  return rows.flatMap((row) => {
    bytes += Buffer.byteLength(row.record_key) + Buffer.byteLength(row.attributes);
    if (bytes > privilegesBytesMax) return [];
    const [, groupKey, name] = JSON.parse(row.record_key) as [string, string, string];
    const { value = null, description = null } = JSON.parse(row.attributes);
    return [{ name, groupKey: groupKey || null, value, description }];
  });
}

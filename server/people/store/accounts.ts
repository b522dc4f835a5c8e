import { type Db, selectRows } from '../../database/database.ts';
import { joinInOrder } from '../../database/join-in-order.ts';
import type { IdentityRow } from './identity-rows.ts';

/** A user record of an application's current generation, if it belongs to an identity. */
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
/** Small, because each row can have tens of kilobytes. */
const rowsPerQuery = 100;

/**
 * Lists the accounts of an identity in all applications that are not archived. Returns at most `accountsMax + 1` rows, so that callers can
 * detect overflow.
 *
 * An account belongs to the identity if its employee number equals the identity's key in its directory, or if it has the identity's e-mail
 * address. An account with the e-mail address of another identity is excluded, because two people in different directories may have the same
 * number.
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
    const emailsOfOthers = await listEmailsOfOthers(
      db,
      identity,
      rows.flatMap(({ person_email }) => person_email ?? []),
    );
    for (const row of rows.filter(({ person_email }) => person_email === null || !emailsOfOthers.has(person_email)))
      found.set(JSON.stringify([row.application_id, row.record_key]), row);
  }
  return [...found.values()].slice(0, accountsMax + 1);
}

/** Returns those of the e-mail addresses that belong to other identities. */
async function listEmailsOfOthers(db: Db, { id, environment_id, email_address }: IdentityRow, emails: string[]): Promise<Set<string>> {
  const ownEmail = email_address?.trim().toLowerCase();
  const candidates = emails.filter((email) => email !== ownEmail);
  if (candidates.length === 0) return new Set();
  const rows = await db('identities').where({ environment_id }).whereNot({ id }).whereIn('email_lower', candidates).select('email_lower');
  return new Set(rows.map(({ email_lower }) => email_lower));
}

/** Lists the privileges of an account in its generation: the first `privilegesMax` in the order of their keys, up to 256 KiB. */
export async function listPrivileges(db: Db, { generation_id, record_key }: AccountRow): Promise<PrivilegeRow[]> {
  // The key of a privilege is a JSON array whose first element is the key of its user.
  const start = `${JSON.stringify([record_key]).slice(0, -1)},`;
  const privileges: PrivilegeRow[] = [];
  let bytes = 0;
  for (let after = start; privileges.length < privilegesMax; ) {
    const rows: { record_key: string; attributes: string }[] = await db('application_records')
      .where({ generation_id, rows_kind: 'privileges' })
      .whereBetween('record_key', [after, `${start}\u{10ffff}`])
      .whereNot('record_key', after)
      .orderBy('record_key')
      .limit(rowsPerQuery)
      .select('record_key', 'attributes');
    for (const row of rows) {
      bytes += Buffer.byteLength(row.record_key) + Buffer.byteLength(row.attributes);
      if (bytes > privilegesBytesMax) return privileges;
      const [, groupKey, name] = JSON.parse(row.record_key) as [string, string, string];
      const { value = null, description = null } = JSON.parse(row.attributes);
      privileges.push({ name, groupKey: groupKey || null, value, description });
    }
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerQuery) break;
    after = last.record_key;
  }
  return privileges;
}

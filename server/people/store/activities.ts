import { randomUUID } from 'node:crypto';
import { type Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';

/** Who did something: a token, or `Gatehouse` for what happens by itself. */
export type ActorName = string;
export interface ActivityRow {
  at: Instant;
  user: ActorName;
  description: string;
}
export interface CommentRow {
  id: string;
  author: string;
  text: string;
  created_at: Instant;
}

export const commentsMax = 1000;
const activitiesMax = 1000;

/** Notes what was done about events or requests, by whomever. */
export async function insertActivityRows(trx: Db, rows: (ActivityRow & { subject_id: string })[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 200) await trx('activities').insert(rows.slice(from, from + 200));
}

/** Notes what somebody did just now. */
export const insertActivities = (
  trx: Db,
  now: Date,
  user: ActorName,
  activities: { subject_id: string; description: string }[],
): Promise<void> =>
  insertActivityRows(
    trx,
    activities.map((activity) => ({ ...activity, at: toInstant(now), user })),
  );

/** What was done about an event or a request, oldest first; of very much the latest. */
export async function listActivities(db: Db, subjectId: string): Promise<ActivityRow[]> {
  const rows: ActivityRow[] = await db('activities').where({ subject_id: subjectId }).orderBy('id', 'desc').limit(activitiesMax);
  return rows.reverse();
}

export const listComments = (db: Db, subjectId: string): Promise<CommentRow[]> =>
  db('comments').where({ subject_id: subjectId }).orderBy('position').limit(commentsMax);

/** Undefined when there are `commentsMax` already. The subject's row is locked first, in the table it is in, so that nobody slips past that. */
export const insertComment = (
  db: Db,
  now: Date,
  subject: { table: 'personnel_events' | 'access_requests'; id: string },
  comment: Pick<CommentRow, 'author' | 'text'> & { id?: string },
): Promise<CommentRow | undefined> =>
  inTransaction(db, async (trx) => {
    await trx(subject.table).where({ id: subject.id }).forUpdate().first('id');
    const [count] = await trx('comments').where({ subject_id: subject.id }).count({ count: '*' });
    if (Number(count?.count) >= commentsMax) return undefined;
    const row: CommentRow = { id: randomUUID(), ...comment, created_at: toInstant(now) };
    await trx('comments').insert({ ...row, subject_id: subject.id });
    return row;
  });

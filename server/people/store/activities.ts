import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';

/** The name of an actor as recorded in a history: a token or an access key, or `Gatehouse` for the system actor. */
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

/** Inserts activities of personnel events or access requests. */
export async function insertActivityRows(trx: Db, rows: (ActivityRow & { subject_id: string })[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 200) await trx('activities').insert(rows.slice(from, from + 200));
}

/** Inserts activities of one actor, all at the time `now`. */
export const insertActivities = (
  trx: Db,
  now: Date,
  actor: ActorName,
  activities: { subject_id: string; description: string }[],
): Promise<void> =>
  insertActivityRows(
    trx,
    activities.map((activity) => ({ ...activity, at: toInstant(now), user: actor })),
  );

/** Lists the latest 1,000 activities of an event or an access request, oldest first. */
export async function listActivities(db: Db, subjectId: string): Promise<ActivityRow[]> {
  const rows: ActivityRow[] = await db('activities').where({ subject_id: subjectId }).orderBy('id', 'desc').limit(activitiesMax);
  return rows.reverse();
}

export const listComments = (db: Db, subjectId: string): Promise<CommentRow[]> =>
  db('comments').where({ subject_id: subjectId }).orderBy('position').limit(commentsMax);

/** Inserts a comment. Returns undefined if there are `commentsMax` already; a lock of the subject's row makes the limit strict. */
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

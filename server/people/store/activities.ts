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
/** Later pages than those of the latest 1,000 activities do not exist, so that no request reads more. */
const activitiesMax = 1000;
const historyPageSize = 50;

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

/** One page of the history of a subject, oldest row first, and the number of rows in all pages. */
export interface HistoryPage<Row> {
  rows: Row[];
  totalCount: number;
}

/** Returns a page of the latest `rowsMax` rows of a subject. Page 1 has the latest rows. */
async function findHistoryPage<Row>(
  db: Db,
  { table, order, rowsMax }: { table: 'activities' | 'comments'; order: string; rowsMax: number },
  subjectId: string,
  page: number,
): Promise<HistoryPage<Row>> {
  const ofSubject = () => db(table).where({ subject_id: subjectId });
  const rows: Row[] = await ofSubject()
    .orderBy(order, 'desc')
    .limit(historyPageSize)
    .offset((page - 1) * historyPageSize);
  rows.reverse();
  if (page === 1 && rows.length < historyPageSize) return { rows, totalCount: rows.length };
  const counted = ofSubject().select('subject_id').limit(rowsMax).as('counted');
  const [count] = await db.from(counted).count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}

export const listActivities = (db: Db, subjectId: string, page = 1): Promise<HistoryPage<ActivityRow>> =>
  findHistoryPage(db, { table: 'activities', order: 'id', rowsMax: activitiesMax }, subjectId, page);

export const listComments = (db: Db, subjectId: string, page = 1): Promise<HistoryPage<CommentRow>> =>
  findHistoryPage(db, { table: 'comments', order: 'position', rowsMax: commentsMax }, subjectId, page);

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

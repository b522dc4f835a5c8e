import type { Activity, Comment, PersonReference } from '../../generated/types.gen.ts';
import type { Db } from '../database/database.ts';
import { isoOf } from '../database/instants.ts';
import { type ActivityRow, type CommentRow, type HistoryPage, listActivities, listComments } from './store/activities.ts';

export const presentReporter = ({ reporter_id, reporter_name }: { reporter_id: string; reporter_name: string }): PersonReference => ({
  id: reporter_id,
  name: reporter_name,
});

const presentActivity = ({ at, user, description }: ActivityRow): Activity => ({ date: isoOf(at), user, description });

export const presentComment = ({ id, author, text, created_at }: CommentRow): Comment => ({ id, author, text, date: isoOf(created_at) });

/** The pages that a request asks for. */
export interface HistoryPages {
  activityPage?: number;
  commentPage?: number;
}
/** The history of a personnel event or an access request: one page of its activity and one of its comments. */
export interface History {
  activity: HistoryPage<ActivityRow>;
  comments: HistoryPage<CommentRow>;
}

/** The only page of a new history. */
export const wholeHistory = <Row>(rows: Row[]): HistoryPage<Row> => ({ rows, totalCount: rows.length });

export async function findHistory(db: Db, subjectId: string, { activityPage, commentPage }: HistoryPages): Promise<History> {
  const [activity, comments] = await Promise.all([listActivities(db, subjectId, activityPage), listComments(db, subjectId, commentPage)]);
  return { activity, comments };
}

export const presentHistory = ({ activity, comments }: History) => ({
  activityCount: activity.totalCount,
  activity: activity.rows.map(presentActivity),
  commentCount: comments.totalCount,
  comments: comments.rows.map(presentComment),
});

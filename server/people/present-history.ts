import type { Activity, Comment, PersonReference } from '../../generated/types.gen.ts';
import { isoOf } from '../database/instants.ts';
import type { ActivityRow, CommentRow } from './store/activities.ts';

export const presentReporter = ({ reporter_id, reporter_name }: { reporter_id: string; reporter_name: string }): PersonReference => ({
  id: reporter_id,
  name: reporter_name,
});

export const presentActivity = ({ at, user, description }: ActivityRow): Activity => ({ date: isoOf(at), user, description });

export const presentComment = ({ id, author, text, created_at }: CommentRow): Comment => ({ id, author, text, date: isoOf(created_at) });

import type { Db } from '../../database/database.ts';
import type { Instant } from '../../database/instants.ts';
import type { WorkStatus } from './personnel-events.ts';

/** What became of the offboardings of an identity. */
export const listOffboardStatuses = async (db: Db, identityId: string): Promise<WorkStatus[]> =>
  (await db('personnel_events').where({ identity_id: identityId, type: 'Offboard' }).select('status')).map(({ status }) => status);

/** Whether a leave of the same person that had suspended access was canceled since an offboarding was due. */
export const hasEndedLeave = async (db: Db, event: { identity_id: string | null; needed_on: Instant }): Promise<boolean> =>
  Boolean(
    await db('access_requests')
      .join('personnel_events', 'personnel_events.id', 'access_requests.personnel_event_id')
      .where({
        'access_requests.identity_id': event.identity_id,
        action: 'Suspend',
        type: 'Absence',
        'personnel_events.status': 'Canceled',
      })
      .where('personnel_events.completed_on', '>=', event.needed_on)
      .whereNotNull('resolved_on')
      .first('access_requests.id'),
  );

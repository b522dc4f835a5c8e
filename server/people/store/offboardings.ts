import type { Db } from '../../database/database.ts';
import type { Instant } from '../../database/instants.ts';
import type { WorkStatus } from './personnel-event-rows.ts';

/** Lists the statuses of all offboardings of an identity. */
export const listOffboardingStatuses = async (db: Db, identityId: string): Promise<WorkStatus[]> =>
  (await db('personnel_events').where({ identity_id: identityId, type: 'Offboard' }).select('status')).map(({ status }) => status);

/** Returns whether a leave of the same identity was canceled, with its access suspended, since the effective date of an offboarding. */
export const hasCanceledSuspendedLeave = async (db: Db, event: { identity_id: string | null; needed_on: Instant }): Promise<boolean> =>
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

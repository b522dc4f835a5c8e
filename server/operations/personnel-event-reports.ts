import type {
  CreateLeaveOfAbsenceEventData,
  CreateLeaveOfAbsenceEventResponses,
  CreateOffboardEventData,
  CreateOffboardEventResponses,
  CreateOnboardEventData,
  CreateOnboardEventResponses,
  CreateRoleTransitionEventData,
  CreateRoleTransitionEventResponses,
  FieldError,
  OnboardIdentity,
  PersonnelEvent,
  TransitionIdentity,
} from '../../generated/types.gen.ts';
import { invalid } from '../errors.ts';
import { eventDatesOf } from '../event-dates.ts';
import { type Context, callerOf, doerOf, type Handler } from '../operation.ts';
import { splitRequested } from '../personnel-identity.ts';
import { beginningOf } from '../personnel-stages.ts';
import { presentEvent } from '../present-event.ts';
import { insertCustomFieldValues } from '../store/custom-fields.ts';
import { inTransaction } from '../store/database.ts';
import { insertActivities, insertComment } from '../store/histories.ts';
import { findIdentity } from '../store/identities.ts';
import { type EventType, insertPersonnelEvent } from '../store/personnel-events.ts';
import { customFields, findSettings, type Settings } from '../store/settings.ts';

interface Report {
  identityId?: string;
  effectiveDate: string;
  endDate?: string | null;
  identity?: OnboardIdentity | TransitionIdentity;
  comment?: string | null;
}

/** What only the data can tell of the identities that a report names. */
async function identityErrors(context: Context, type: EventType, { identityId, identity }: Report): Promise<FieldError[]> {
  const { environmentId } = callerOf(context);
  const errors: FieldError[] = [];
  if (identityId !== undefined) {
    const affected = await findIdentity(context.db, environmentId, identityId);
    if (!affected) errors.push({ field: 'identityId', message: 'Identity does not exist' });
    else if (type !== 'Offboard' && affected.status !== 'Active')
      errors.push({ field: 'identityId', message: `Identity is ${affected.status}, and must be Active for this event` });
  }
  const supervisorId = identity?.supervisorId;
  if (supervisorId && !(await findIdentity(context.db, environmentId, supervisorId)))
    errors.push({ field: 'identity.supervisorId', message: 'Identity does not exist' });
  return errors;
}

const customFieldErrors = ({ identity = {} }: Report, settings: Settings): FieldError[] =>
  customFields
    .filter((field) => field in identity && settings.customFields[field] === undefined)
    .map((field) => ({ field: `identity.${field}`, message: 'Is switched off in the settings' }));

/** Records an event that waits for approval, or says all that is wrong with it at once. */
async function report(context: Context, type: EventType, body: Report): Promise<PersonnelEvent> {
  const { organizationId, environmentId, tokenId } = callerOf(context);
  const { db, now } = context;
  const reporter = doerOf(context);
  const settings = await findSettings(db, organizationId);
  const { neededOn, neededUntil, errors } = eventDatesOf(body, settings.timeZone, now);
  const faults = [...(await identityErrors(context, type, body)), ...errors, ...customFieldErrors(body, settings)];
  if (faults.length > 0) throw invalid(...faults);

  const { requested, custom } = splitRequested(body.identity ?? {});
  const dates = { type, needed_on: neededOn, needed_until: neededUntil };
  const event = await inTransaction(db, async (trx) => {
    const hasCustom = Object.keys(custom).length > 0;
    // A field that is being switched off at this moment takes no more values.
    const locked = hasCustom ? await findSettings(trx, organizationId, { lock: true }) : settings;
    const off = customFieldErrors(body, locked);
    if (off.length > 0) throw invalid(...off);
    const row = await insertPersonnelEvent(trx, now, environmentId, {
      ...dates,
      ...beginningOf(dates, now),
      reporter_id: tokenId,
      reporter_name: reporter,
      identity_id: body.identityId ?? null,
      requested_identity: body.identity ? requested : null,
    });
    if (hasCustom) await insertCustomFieldValues(trx, organizationId, row.id, locked, custom);
    await insertActivities(trx, now, reporter, [{ subject_id: row.id, description: 'Created the event' }]);
    if (body.comment?.trim())
      await insertComment(trx, now, { table: 'personnel_events', id: row.id }, { author: reporter, text: body.comment });
    return row;
  });
  return presentEvent(db, event);
}

export const createOnboardEvent: Handler<CreateOnboardEventData, CreateOnboardEventResponses> = async ({ body }, context) => ({
  status: 201,
  body: await report(context, 'Onboard', body),
});

export const createOffboardEvent: Handler<CreateOffboardEventData, CreateOffboardEventResponses> = async ({ body }, context) => ({
  status: 201,
  body: await report(context, 'Offboard', body),
});

export const createRoleTransitionEvent: Handler<CreateRoleTransitionEventData, CreateRoleTransitionEventResponses> = async (
  { body },
  context,
) => ({ status: 201, body: await report(context, 'Role Transition', body) });

export const createLeaveOfAbsenceEvent: Handler<CreateLeaveOfAbsenceEventData, CreateLeaveOfAbsenceEventResponses> = async (
  { body },
  context,
) => ({ status: 201, body: await report(context, 'Absence', body) });

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
} from '../../../generated/types.gen.ts';
import { invalid } from '../../common/errors.ts';
import { toInstant } from '../../database/instants.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { customFields, findSettings, type Settings } from '../../organizations/store/settings.ts';
import { eventDatesOf } from '../event-dates.ts';
import { beginningOf } from '../event-stages.ts';
import { splitRequested } from '../identity-changes.ts';
import { presentWholeEvent } from '../present-event.ts';
import { keepReport } from '../report-events.ts';
import { findIdentity, type IdentityView } from '../store/identities.ts';
import type { EventType } from '../store/personnel-events.ts';

interface Body {
  identityId?: string;
  effectiveDate: string;
  endDate?: string | null;
  identity?: OnboardIdentity | TransitionIdentity;
  comment?: string | null;
}

interface Named {
  affected: IdentityView | undefined;
  errors: FieldError[];
}

/** The identities that a report names, and what only the data can tell of them. */
async function identitiesOf(context: Context, type: EventType, { identityId, identity }: Body): Promise<Named> {
  const { environmentId } = callerOf(context);
  const errors: FieldError[] = [];
  const affected = identityId === undefined ? undefined : await findIdentity(context.db, environmentId, identityId);
  if (identityId !== undefined && !affected) errors.push({ field: 'identityId', message: 'Identity does not exist' });
  if (affected && type !== 'Offboard' && affected.status !== 'Active')
    errors.push({ field: 'identityId', message: `Identity is ${affected.status}, and must be Active for this event` });
  const supervisorId = identity?.supervisorId;
  if (supervisorId && !(await findIdentity(context.db, environmentId, supervisorId)))
    errors.push({ field: 'identity.supervisorId', message: 'Identity does not exist' });
  return { affected, errors };
}

const customFieldErrors = ({ identity = {} }: Body, settings: Settings): FieldError[] =>
  customFields
    .filter((field) => field in identity && settings.customFields[field] === undefined)
    .map((field) => ({ field: `identity.${field}`, message: 'Is switched off in the settings' }));

/** Records an event that waits for approval, or says all that is wrong with it at once. */
async function report(context: Context, type: EventType, body: Body): Promise<PersonnelEvent> {
  const { organizationId, environmentId, tokenId } = callerOf(context);
  const { db, now } = context;
  const [settings, { affected, errors: identityErrors }] = await Promise.all([
    findSettings(db, organizationId),
    identitiesOf(context, type, body),
  ]);
  const { neededOn, neededUntil, errors: dateErrors } = eventDatesOf(body, settings.timeZone, now);
  const faults = [...identityErrors, ...dateErrors, ...customFieldErrors(body, settings)];
  if (faults.length > 0) throw invalid(...faults);

  const { requested, custom } = splitRequested(body.identity ?? {});
  const dates = { type, needed_on: neededOn, needed_until: neededUntil };
  const { event, ...history } = await keepReport(db, {
    ...{ organizationId, environmentId, now, custom, comment: body.comment?.trim() ? body.comment : null },
    checkCustom: (current) => {
      const off = customFieldErrors(body, current);
      if (off.length > 0) throw invalid(...off);
    },
    event: {
      ...dates,
      ...beginningOf(dates, now),
      reporter_id: tokenId,
      reporter_name: actorNameOf(context),
      identity_id: body.identityId ?? null,
      requested_identity: body.identity ? requested : null,
      created_at: toInstant(now),
    },
  });
  return presentWholeEvent(event, affected, { ...history, custom });
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

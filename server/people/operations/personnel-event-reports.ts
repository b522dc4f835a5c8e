import type {
  CreateLeaveOfAbsenceEventData,
  CreateLeaveOfAbsenceEventResponses,
  CreateOffboardEventData,
  CreateOffboardEventResponses,
  CreateOnboardEventData,
  CreateOnboardEventResponses,
  CreateRoleTransitionEventData,
  CreateRoleTransitionEventResponses,
  OnboardIdentity,
  PersonnelEvent,
  TransitionIdentity,
} from '../../../generated/types.gen.ts';
import { type InvalidField, invalid } from '../../common/errors.ts';
import { toInstant } from '../../database/instants.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { customFields, findSettings, type Settings } from '../../organizations/store/settings.ts';
import { eventDatesOf } from '../event-dates.ts';
import { newEventProgress } from '../event-stages.ts';
import { splitCustomFields } from '../identity-changes.ts';
import { wholeHistory } from '../present-history.ts';
import { presentEventWithHistory } from '../present-personnel-events.ts';
import { recordEventReport } from '../record-event-report.ts';
import { findIdentity } from '../store/identities.ts';
import type { IdentityView } from '../store/identity-rows.ts';
import type { EventType } from '../store/personnel-event-rows.ts';

interface ReportBody {
  identityId?: string;
  effectiveDate: string;
  endDate?: string | null;
  identity?: OnboardIdentity | TransitionIdentity;
  comment?: string | null;
}

const revealing = (...fields: string[]) => [{ resource: 'identities', fields }];
const settingsReveals = { resource: 'settings', fields: [] };

interface NamedIdentities {
  affected: IdentityView | undefined;
  errors: InvalidField[];
}

/** Finds the affected identity of a report. Returns the errors in the identities that the report names. */
async function findNamedIdentities(context: Context, type: EventType, { identityId, identity }: ReportBody): Promise<NamedIdentities> {
  const { environmentId } = callerOf(context);
  const errors: InvalidField[] = [];
  const affected = identityId === undefined ? undefined : await findIdentity(context.db, environmentId, identityId);
  if (identityId !== undefined && !affected) errors.push({ field: 'identityId', message: 'Identity does not exist', reveals: revealing() });
  if (affected && type !== 'Offboard' && affected.status !== 'Active')
    errors.push({
      field: 'identityId',
      message: `Identity is ${affected.status}, and must be Active for this event`,
      reveals: revealing('status'),
    });
  const supervisorId = identity?.supervisorId;
  if (supervisorId && !(await findIdentity(context.db, environmentId, supervisorId)))
    errors.push({ field: 'identity.supervisorId', message: 'Identity does not exist', reveals: revealing() });
  return { affected, errors };
}

const customFieldErrors = ({ identity = {} }: ReportBody, settings: Settings): InvalidField[] =>
  customFields
    .filter((field) => field in identity && settings.customFields[field] === undefined)
    .map((field) => ({ field: `identity.${field}`, message: 'Is switched off in the settings', reveals: [settingsReveals] }));

/** Records a new event, which waits for approval. Throws one 400 with all errors of the report. */
async function report(context: Context, type: EventType, body: ReportBody): Promise<PersonnelEvent> {
  const { organizationId, environmentId, tokenId } = callerOf(context);
  const { db, now } = context;
  const [settings, { affected, errors: identityErrors }] = await Promise.all([
    findSettings(db, organizationId),
    findNamedIdentities(context, type, body),
  ]);
  const { neededOn, neededUntil, errors: dateErrors } = eventDatesOf(body, settings.timeZone, now);
  const errors = [...identityErrors, ...dateErrors, ...customFieldErrors(body, settings)];
  if (errors.length > 0) throw invalid(errors);

  const { requested, customFieldValues } = splitCustomFields(body.identity ?? {});
  const dates = { type, needed_on: neededOn, needed_until: neededUntil };
  const { event, activity, comments } = await recordEventReport(db, {
    ...{ organizationId, environmentId, now, customFieldValues, comment: body.comment?.trim() ? body.comment : null },
    checkCustomFields: (currentSettings) => {
      const currentErrors = customFieldErrors(body, currentSettings);
      if (currentErrors.length > 0) throw invalid(currentErrors);
    },
    event: {
      ...dates,
      ...newEventProgress(dates, now),
      reporter_id: tokenId,
      reporter_name: actorNameOf(context),
      identity_id: body.identityId ?? null,
      requested_identity: body.identity ? requested : null,
      created_at: toInstant(now),
    },
  });
  const history = { activity: wholeHistory(activity), comments: wholeHistory(comments) };
  return presentEventWithHistory(event, affected, history, customFieldValues);
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

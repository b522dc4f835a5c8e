import type { OnboardIdentity, TransitionIdentity } from '../../generated/types.gen.ts';
import { toInstant } from '../database/instants.ts';
import { type CustomField, customFields } from '../organizations/store/settings.ts';
import { emptyIdentity, type IdentityAttributes, type IdentityRow } from './store/identity-rows.ts';
import type { PersonnelEventRow, RequestedIdentity } from './store/personnel-event-rows.ts';

/** Maps the fields of a request to columns. */
const columnOfField = {
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email_address',
  company: 'company',
  division: 'division',
  department: 'department',
  office: 'office',
  title: 'title',
} as const;

const isCustomField = (name: string): name is CustomField => (customFields as readonly string[]).includes(name);
const blankIsNull = (value: string | null | undefined) => (value?.trim() ? value : null);

/** Separates the custom fields of a requested identity from its other fields, because they are stored and deleted separately. Blanks become null. */
export function splitCustomFields(identity: OnboardIdentity | TransitionIdentity): {
  requested: RequestedIdentity;
  customFieldValues: Partial<Record<CustomField, string | null>>;
} {
  const fields = Object.entries(identity).map(([name, value]) => [name, blankIsNull(value)] as const);
  return {
    requested: Object.fromEntries(fields.filter(([name]) => !isCustomField(name))),
    customFieldValues: Object.fromEntries(fields.filter(([name]) => isCustomField(name))),
  };
}

/** The API accepts `ServiceAccount` and returns `Service Account`. */
const identityTypeOf = (requestedType: string) =>
  (requestedType === 'ServiceAccount' ? 'Service Account' : requestedType) as IdentityAttributes['type'];

/** Converts the requested fields to column changes. Fields that the request does not name are not changed. */
export function requestedChanges(requested: RequestedIdentity): Partial<IdentityAttributes> {
  const { identityType, supervisorId } = requested;
  const changes = Object.entries(columnOfField).flatMap(([name, column]) => (name in requested ? [[column, requested[name] ?? null]] : []));
  return {
    ...(Object.fromEntries(changes) as Partial<IdentityAttributes>),
    ...(identityType && { type: identityTypeOf(identityType) }),
    ...(supervisorId !== undefined && { supervisor_id: supervisorId, supervisor_key: null }),
  };
}

/** Returns the identity that an onboarding creates. It belongs to no directory yet. */
export function newOnboardedIdentity(event: PersonnelEventRow, id: string, now: Date): IdentityRow {
  const date = toInstant(now);
  return {
    id,
    environment_id: event.environment_id,
    application_id: null,
    source_key: null,
    ...emptyIdentity,
    ...requestedChanges(event.requested_identity ?? {}),
    created_date: date,
    updated_date: date,
    first_seen_date: date,
  };
}

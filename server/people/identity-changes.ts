import type { OnboardIdentity, TransitionIdentity } from '../../generated/types.gen.ts';
import { toInstant } from '../database/instants.ts';
import { type CustomField, customFields } from '../organizations/store/settings.ts';
import { type IdentityFacts, type IdentityRow, nobody } from './store/identities.ts';
import type { PersonnelEventRow, RequestedIdentity } from './store/personnel-events.ts';

/** The names that requests write, to those that the table has. */
const columns = {
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

/** What a request says of an identity, apart from its custom fields, which are kept, and forgotten, by themselves. */
export function splitRequested(identity: OnboardIdentity | TransitionIdentity): {
  requested: RequestedIdentity;
  custom: Partial<Record<CustomField, string | null>>;
} {
  const given = Object.entries(identity).map(([name, value]) => [name, blankIsNull(value)] as const);
  return {
    requested: Object.fromEntries(given.filter(([name]) => !isCustomField(name))),
    custom: Object.fromEntries(given.filter(([name]) => isCustomField(name))),
  };
}

/** `ServiceAccount` is written without the space that it is read with. */
const typeOf = (written: string) => (written === 'ServiceAccount' ? 'Service Account' : written) as IdentityFacts['type'];

/** The changes that an event asks for; members that it does not name stay. */
export function requestedChanges(requested: RequestedIdentity): Partial<IdentityFacts> {
  const { identityType, supervisorId } = requested;
  const changes = Object.entries(columns).flatMap(([name, column]) => (name in requested ? [[column, requested[name] ?? null]] : []));
  return {
    ...(Object.fromEntries(changes) as Partial<IdentityFacts>),
    ...(identityType && { type: typeOf(identityType) }),
    ...(supervisorId !== undefined && { supervisor_id: supervisorId, supervisor_key: null }),
  };
}

/** The person whom an onboarding makes; no directory knows it yet. */
export function onboardedIdentity(event: PersonnelEventRow, id: string, now: Date): IdentityRow {
  const date = toInstant(now);
  return {
    id,
    environment_id: event.environment_id,
    application_id: null,
    source_key: null,
    ...nobody,
    ...requestedChanges(event.requested_identity ?? {}),
    created_date: date,
    updated_date: date,
    first_seen_date: date,
  };
}

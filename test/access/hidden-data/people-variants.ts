import { customFields } from '../../../server/organizations/store/settings.ts';
import { accessRequestSortKeyOf } from '../../../server/people/store/access-request-rows.ts';
import { fromStoredIdentity, toStoredIdentity } from '../../../server/people/store/identity-rows.ts';
import { fromStoredEvent, toStoredEvent } from '../../../server/people/store/personnel-event-rows.ts';
import { column, inJson, member, other, otherDate, otherId, places, type Variant } from './variant.ts';
import type { Shown } from './visible-fields.ts';

const requests = (name: string, fields: string[], value: (index: number) => unknown = other): Variant => ({
  ...column('access_requests', 'access-requests', name, '', value),
  shownIn: places('access-requests', ...fields),
});
const identity = (name: string, field: string, value: (index: number) => unknown = other): Variant => ({
  table: 'identities',
  shownIn: places('identities', field),
  change: (row, index) => toStoredIdentity({ ...fromStoredIdentity(row as never), [name]: value(index) }),
});
const event = (name: string, fields: string[], value: (index: number) => unknown = other): Variant => ({
  table: 'personnel_events',
  shownIn: places('personnel-events', ...fields),
  change: (row, index) => toStoredEvent({ ...fromStoredEvent(row as never), [name]: value(index) }),
});
/** Changes a value in the history of events and access requests. */
const history = (table: 'activities' | 'comments', name: string, field: string, value: (index: number) => unknown = other): Variant => {
  const list = table === 'activities' ? 'activity' : table;
  return {
    ...column(table, '', name, '', value),
    shownIn: [...places('personnel-events', `${list}.${field}`), ...places('access-requests', `${list}.${field}`)],
  };
};
const allIdentities: Shown = { resource: 'identities', fields: null };
const requestedNames = [
  ...['firstName', 'lastName', 'email', 'supervisorId', 'company', 'division', 'department', 'office', 'title', 'identityType'],
];

export const peopleVariants: Variant[] = [
  ...(['title', 'company', 'division', 'department', 'office'] as const).map((name) => identity(name, name)),
  identity('email_address', 'emailAddress', (index) => `${other(index).replaceAll(' ', '')}@example.org`),
  ...(
    [
      ['first_name', 'firstName'],
      ['last_name', 'lastName'],
    ] as const
  ).map(([name, field]): Variant => ({ ...identity(name, field), shownIn: places('identities', field, 'supervisorName') })),
  identity('supervisor_key', 'supervisorName', () => null),
  identity('type', 'type', () => 'Vendor'),
  identity('created_date', 'createdDate', otherDate),
  identity('updated_date', 'updatedDate', otherDate),
  identity('first_seen_date', 'firstSeenDate', otherDate),
  identity('inactivated_date', 'inactivatedDate', otherDate),
  identity('status', 'status', () => 'Disabled'),
  event('number', ['number'], (index) => 900 - index),
  event('type', ['type'], () => 'Absence'),
  event('status', ['status'], () => 'Completed'),
  event('reporter_name', ['reporter.name']),
  event('needed_on', ['neededOn', 'stages.neededOn'], otherDate),
  event('needed_until', ['neededUntil', 'stages.neededOn'], otherDate),
  event('completed_on', ['completedOn'], otherDate),
  member('personnel_events', 'personnel-events', 'stages', 'status', 'stages.status', () => 'Snoozed'),
  member('personnel_events', 'personnel-events', 'stages', 'completed_on', 'stages.completedOn', otherDate),
  // An id is shown with every other field of its object.
  event('reporter_id', ['reporter.id', 'reporter'], otherId),
  ...requestedNames.map(
    (name): Variant => ({
      table: 'personnel_events',
      shownIn: [[{ resource: 'personnel-events', fields: [`requestedIdentity.${name}`] }, allIdentities]],
      change: inJson('requested_identity', [name], name === 'supervisorId' ? otherId : other),
    }),
  ),
  ...customFields.map(
    (name): Variant => ({
      table: 'custom_field_values',
      shownIn: [[{ resource: 'personnel-events', fields: [`requestedIdentity.${name}`] }, allIdentities]],
      change: ({ field }, index) => (field === name ? { value: other(index) } : {}),
    }),
  ),
  ...(['user', 'description'] as const).map((name) => history('activities', name, name)),
  history('activities', 'at', 'date', otherDate),
  ...(['author', 'text'] as const).map((name) => history('comments', name, name)),
  {
    ...column('comments', '', 'id', '', otherId),
    shownIn: ['personnel-events', 'access-requests'].flatMap((resource) => places(resource, 'comments.id', 'comments')),
  },
  history('comments', 'created_at', 'date', otherDate),
  { ...requests('number', ['number']), change: (_row, index) => ({ number: 900 - index, sort_key: accessRequestSortKeyOf(900 - index) }) },
  requests('action', ['action'], () => 'Suspend'),
  requests('status', ['status', 'responses'], () => 'Snoozed'),
  requests('reporter_name', ['reporter.name']),
  requests('needed_on', ['neededOn'], otherDate),
  requests('created_at', ['createdDate'], otherDate),
  requests('reporter_id', ['reporter.id', 'reporter'], otherId),
  requests('resolved_on', ['responses.status', 'responses.date', 'responses.user'], otherDate),
  requests('resolved_by', ['responses.user']),
  requests('completed_on', ['completedOn', 'responses.date'], otherDate),
  requests('completed_by', ['responses.user']),
  {
    ...requests('target_name', []),
    shownIn: [
      [
        { resource: 'access-requests', fields: ['target.name'] },
        { resource: 'applications', fields: ['key'] },
        { resource: 'identities', fields: ['firstName'] },
      ],
    ],
  },
  ...['name', 'groupKey', 'value', 'description'].map((name) => ({
    ...member('access_requests', '', 'privileges', name, ''),
    shownIn: [
      [
        { resource: 'access-requests', fields: [`privileges.${name}`] },
        { resource: 'applications', fields: ['attributes'] },
      ],
    ],
  })),
];

import type { Db } from './database.ts';
import { type Instant, toInstant } from './instants.ts';
import { type CustomField, customFields, findSettings, type Settings } from './settings.ts';

const endOfTime: Instant = '9999-12-31 23:59:59.999';
const deleteStep = 1000;

export async function insertCustomFieldValues(
  trx: Db,
  now: Date,
  organizationId: string,
  eventId: string,
  values: Record<string, string | null>,
): Promise<void> {
  const whose = { personnel_event_id: eventId, organization_id: organizationId, created_at: toInstant(now) };
  await trx('custom_field_values').insert(Object.entries(values).map(([field, value]) => ({ ...whose, field, value })));
}

/** What an event says of the custom fields that are on, and have been since it said so. */
export async function findCustomFieldValues(db: Db, eventId: string): Promise<Partial<Record<CustomField, string | null>>> {
  const rows: { organization_id: string; field: CustomField; value: string | null; created_at: Instant }[] = await db('custom_field_values')
    .where({ personnel_event_id: eventId })
    .orderBy('field');
  const [first] = rows;
  if (!first) return {};
  const { customFields: on } = await findSettings(db, first.organization_id);
  const counting = rows.filter(({ field, created_at }) => created_at >= (on[field]?.since ?? endOfTime));
  return Object.fromEntries(counting.map(({ field, value }) => [field, value]));
}

/** Takes away some of what was said of custom fields that are off, or were since. Answers whether there may be more. */
export async function deleteOldCustomFieldValues(db: Db): Promise<boolean> {
  for (const { id, custom_fields } of await db('organizations').select('id', 'custom_fields')) {
    const on: Settings['customFields'] = JSON.parse(custom_fields);
    for (const field of customFields) {
      const old: { personnel_event_id: string }[] = await db('custom_field_values')
        .where({ organization_id: id, field })
        .where('created_at', '<', on[field]?.since ?? endOfTime)
        .limit(deleteStep)
        .select('personnel_event_id');
      if (old.length === 0) continue;
      await db('custom_field_values')
        .where({ field })
        .whereIn(
          'personnel_event_id',
          old.map(({ personnel_event_id }) => personnel_event_id),
        )
        .delete();
      return true;
    }
  }
  return false;
}

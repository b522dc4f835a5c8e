import type { Db } from '../../database/database.ts';
import { type CustomField, customFields, findSettings, type Settings } from '../../organizations/store/settings.ts';

interface ValueRow {
  personnel_event_id: string;
  organization_id: string;
  field: CustomField;
  definition_id: string;
  value: string | null;
}

const table = 'custom_field_values';
const deleteStep = 1000;

/** Keeps what an event says of custom fields, all of which are on in these settings, which are locked. */
export async function insertCustomFieldValues(
  trx: Db,
  organizationId: string,
  eventId: string,
  settings: Settings,
  values: Partial<Record<CustomField, string | null>>,
): Promise<void> {
  const rows: ValueRow[] = (Object.entries(values) as [CustomField, string | null][]).map(([field, value]) => ({
    personnel_event_id: eventId,
    organization_id: organizationId,
    field,
    definition_id: settings.customFields[field]?.id as string,
    value,
  }));
  await trx(table).insert(rows);
}

/** What an event says of the custom fields that are on, and have been since it said so. */
export async function findCustomFieldValues(db: Db, eventId: string): Promise<Partial<Record<CustomField, string | null>>> {
  const rows: ValueRow[] = await db(table).where({ personnel_event_id: eventId }).orderBy('field');
  const [first] = rows;
  if (!first) return {};
  const { customFields: on } = await findSettings(db, first.organization_id);
  const counting = rows.filter(({ field, definition_id }) => on[field]?.id === definition_id);
  return Object.fromEntries(counting.map(({ field, value }) => [field, value]));
}

/** Takes away some of what was said of custom fields that are off, or were since. Answers whether there may be more. */
export async function deleteOldCustomFieldValues(db: Db): Promise<boolean> {
  for (const { id } of await db('organizations').select('id')) {
    const { customFields: on } = await findSettings(db, id);
    for (const field of customFields) {
      const current = on[field]?.id;
      const old = () => {
        const query = db<ValueRow>(table).where({ organization_id: id, field });
        return current === undefined ? query : query.whereNot({ definition_id: current });
      };
      const rows = await old().limit(deleteStep).select('personnel_event_id');
      if (rows.length === 0) continue;
      const ids = rows.map(({ personnel_event_id }) => personnel_event_id);
      await old().whereIn('personnel_event_id', ids).delete();
      return true;
    }
  }
  return false;
}

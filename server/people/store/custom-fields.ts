import type { Db } from '../../database/database.ts';
import { type CustomField, customFields, findSettings, type Settings } from '../../organizations/store/settings.ts';

interface CustomFieldValueRow {
  personnel_event_id: string;
  organization_id: string;
  field: CustomField;
  definition_id: string;
  value: string | null;
}

const table = 'custom_field_values';
const valuesPerDelete = 1000;

/** Stores the custom fields of an event. All of them must be switched on in `settings`, and the caller must have locked the settings. */
export async function insertCustomFieldValues(
  trx: Db,
  organizationId: string,
  eventId: string,
  settings: Settings,
  values: Partial<Record<CustomField, string | null>>,
): Promise<void> {
  const rows: CustomFieldValueRow[] = (Object.entries(values) as [CustomField, string | null][]).map(([field, value]) => ({
    personnel_event_id: eventId,
    organization_id: organizationId,
    field,
    definition_id: settings.customFields[field]?.id as string,
    value,
  }));
  await trx(table).insert(rows);
}

/** Returns the custom fields of an event that are switched on and were not switched off since the event was recorded. */
export async function findCustomFieldValues(db: Db, eventId: string): Promise<Partial<Record<CustomField, string | null>>> {
  const rows: CustomFieldValueRow[] = await db(table).where({ personnel_event_id: eventId }).orderBy('field');
  const [first] = rows;
  if (!first) return {};
  const { customFields: definitions } = await findSettings(db, first.organization_id);
  const currentRows = rows.filter(({ field, definition_id }) => definitions[field]?.id === definition_id);
  return Object.fromEntries(currentRows.map(({ field, value }) => [field, value]));
}

/** Deletes a batch of values whose custom field is switched off or was switched off since. Returns whether more rows may remain. */
export async function deleteOldCustomFieldValues(db: Db): Promise<boolean> {
  for (const { id } of await db('organizations').select('id')) {
    const { customFields: definitions } = await findSettings(db, id);
    for (const field of customFields) {
      const definitionId = definitions[field]?.id;
      const staleRows = () => {
        const query = db<CustomFieldValueRow>(table).where({ organization_id: id, field });
        return definitionId === undefined ? query : query.whereNot({ definition_id: definitionId });
      };
      const rows = await staleRows().limit(valuesPerDelete).select('personnel_event_id');
      if (rows.length === 0) continue;
      const ids = rows.map(({ personnel_event_id }) => personnel_event_id);
      await staleRows().whereIn('personnel_event_id', ids).delete();
      return true;
    }
  }
  return false;
}

import { batchedLookupById } from '../../database/batched-lookup.ts';
import type { Db } from '../../database/database.ts';

export const customFields = [
  'customField1',
  'customField2',
  'customField3',
  'customField4',
  'customField5',
  'customField6',
  'customField7',
  'customField8',
  'customField9',
] as const;
export type CustomField = (typeof customFields)[number];

export interface Settings {
  timeZone: string;
  /** Maximum days from now to the expiration date of a token or access key. Null means no limit. */
  maxTokenLifetimeDays: number | null;
  /**
   * The enabled custom fields. A field gets a new id each time it is enabled. Stored values refer to the id, so values from before the field was
   * disabled stay invisible.
   */
  customFields: Partial<Record<CustomField, { name: string; id: string }>>;
}

interface SettingsRow {
  id: string;
  time_zone: string;
  max_token_lifetime_days: number | null;
  custom_fields: string;
}
const organizationsById = batchedLookupById<SettingsRow>('organizations', 'id');

/** Returns an organization's settings. With `lock`, other transactions cannot change them until this one ends. */
export async function findSettings(db: Db, organizationId: string, { lock = false } = {}): Promise<Settings> {
  const [row] = lock
    ? await db<SettingsRow>('organizations').where({ id: organizationId }).forUpdate()
    : await organizationsById(db, organizationId);
  if (!row) throw new Error(`There is no organization ${organizationId}`);
  return { timeZone: row.time_zone, maxTokenLifetimeDays: row.max_token_lifetime_days, customFields: JSON.parse(row.custom_fields) };
}

export async function updateSettings(trx: Db, organizationId: string, settings: Settings): Promise<void> {
  await trx('organizations')
    .where({ id: organizationId })
    .update({
      time_zone: settings.timeZone,
      max_token_lifetime_days: settings.maxTokenLifetimeDays,
      custom_fields: JSON.stringify(settings.customFields),
    });
}

import { rowsBy } from '../../database/batched-lookup.ts';
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
  /** How far ahead the expiration of a new token may be; null is for ever. */
  maxTokenLifetimeDays: number | null;
  /** The custom fields that are switched on. One that was off in between has another id, so that what was said before counts no more. */
  customFields: Partial<Record<CustomField, { name: string; id: string }>>;
}

interface Stored {
  id: string;
  time_zone: string;
  max_token_lifetime_days: number | null;
  custom_fields: string;
}
const organizationsById = rowsBy<Stored>('organizations', 'id');

/** `lock` keeps others from changing them until the transaction ends. */
export async function findSettings(db: Db, organizationId: string, { lock = false } = {}): Promise<Settings> {
  const [row] = lock
    ? await db<Stored>('organizations').where({ id: organizationId }).forUpdate()
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

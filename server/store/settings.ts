import type { Db } from './database.ts';

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
  /** The custom fields that are switched on. One that was off in between has another id, so that what was said before counts no more. */
  customFields: Partial<Record<CustomField, { name: string; id: string }>>;
}

/** `lock` keeps others from changing them until the transaction ends. */
export async function findSettings(db: Db, organizationId: string, { lock = false } = {}): Promise<Settings> {
  const query = db('organizations').where({ id: organizationId }).first('time_zone', 'custom_fields');
  const row = await (lock ? query.forUpdate() : query);
  return { timeZone: row.time_zone, customFields: JSON.parse(row.custom_fields) };
}

export async function updateSettings(trx: Db, organizationId: string, { timeZone, customFields: fields }: Settings): Promise<void> {
  await trx('organizations')
    .where({ id: organizationId })
    .update({ time_zone: timeZone, custom_fields: JSON.stringify(fields) });
}

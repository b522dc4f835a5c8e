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
  /** The names of the custom fields that are switched on. */
  customFields: Partial<Record<CustomField, string>>;
}

/** `lock` keeps others from changing them until the transaction ends. */
export async function findSettings(db: Db, organizationId: string, { lock = false } = {}): Promise<Settings> {
  const query = db('organizations').where({ id: organizationId }).first('time_zone', 'custom_fields');
  const row = await (lock ? query.forUpdate() : query);
  return { timeZone: row.time_zone, customFields: JSON.parse(row.custom_fields) };
}

/** A custom field that is switched off takes along what events have said of it. */
export async function updateSettings(trx: Db, organizationId: string, { timeZone, customFields: names }: Settings): Promise<void> {
  await trx('organizations')
    .where({ id: organizationId })
    .update({ time_zone: timeZone, custom_fields: JSON.stringify(names) });
  const off = customFields.filter((field) => names[field] === undefined);
  await trx('custom_field_values').where({ organization_id: organizationId }).whereIn('field', off).delete();
}

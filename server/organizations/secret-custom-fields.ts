import { isSecretName } from '../common/redaction/secret-names.ts';
import type { Db } from '../database/database.ts';
import { customFields, findSettings } from './store/settings.ts';

/** Returns the custom fields of an organization whose name is that of a secret, such as "Door PIN". If the names cannot be read, returns all. */
export async function secretCustomFields(db: Db, organizationId: string): Promise<string[]> {
  try {
    const { customFields: named } = await findSettings(db, organizationId);
    return customFields.filter((field) => isSecretName(named[field]?.name ?? ''));
  } catch {
    return [...customFields];
  }
}

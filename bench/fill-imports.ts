import { randomUUID } from 'node:crypto';
import { insertToken } from '../server/access/store/tokens.ts';
import { insertApplicationImport } from '../server/applications/store/application-imports.ts';
import { insertApplication } from '../server/applications/store/applications.ts';
import { importSortKeyOf, recordImportMove } from '../server/applications/store/import-lists.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../server/common/secret-format.ts';
import { recordEntryChanges } from '../server/database/counted-lists.ts';
import { createDatabase } from '../server/database/database.ts';
import { toInstant } from '../server/database/instants.ts';
import { inTransaction } from '../server/database/transactions.ts';
import { findHostOrganization, type OrganizationRow } from '../server/organizations/store/organizations.ts';
import { writeIdentities } from '../server/people/store/identities.ts';
import { emptyIdentity } from '../server/people/store/identity-rows.ts';

const fileGroups = ['Users', 'Groups', 'Privileges'];
const counts = { read: 1000, added: 40, changed: 20, removed: 10, unchanged: 930, rejected: 0 };
const metrics = JSON.stringify({ users: counts, groups: counts, privileges: counts, identities: counts, durationMs: 1234 });

/** The name of all tokens that `fillImports` inserts. */
export const benchTokenName = 'Bench';

export interface SeededData {
  importIds: string[];
  identityIds: string[];
  /** Secrets of tokens with write access. */
  tokens: string[];
}

/**
 * Inserts one application with `imports` finished imports of three files each, as many identities, and `count` tokens.
 *
 * They belong to the default environment. The database must have its tables and its first organization.
 */
export async function fillImports(databaseUrl: string, imports: number, count = 100): Promise<SeededData> {
  const db = createDatabase(databaseUrl);
  const now = new Date();
  const organization = (await findHostOrganization(db)) as OrganizationRow;
  const environment_id = organization.default_environment_id;
  const application = await insertApplication(db, now, { environment_id, name: 'Core Banking' });
  const [begun, ended] = [toInstant(new Date(now.getTime() - 1234)), toInstant(now)];
  const importIds: string[] = [];
  const tokens = Array.from({ length: count }, newTokenSecret);
  const people = Array.from({ length: imports }, (_, index) => ({
    ...{ ...emptyIdentity, id: randomUUID(), environment_id, application_id: null, source_key: null, first_seen_date: ended },
    ...{ first_name: 'Ada', last_name: `Berg ${index}`, email_address: `ada${index}@example.com`, title: 'Teller', office: 'Moorhead' },
  }));
  await inTransaction(db, async (trx) => {
    for (let index = 0; index < imports; index++) {
      const files = fileGroups.map((file_group) => ({
        id: randomUUID(),
        file_group_id: randomUUID(),
        file_group,
        name: `${file_group}.csv`,
        bytes: 60_000,
        sha256: Buffer.alloc(32),
      }));
      const values = { environment_id, application_id: application.id, type: 'API' as const, created_by: 'API Token - Bench' };
      const row = await insertApplicationImport(trx, now, values, files);
      const { id, number } = row;
      const sort_key = importSortKeyOf({ build_start: begun, number });
      await trx('application_imports')
        .where({ id })
        .update({ status: 'Finished', build_start: begun, build_end: ended, sort_key, log: 'Read 3000 rows\nDone', metrics });
      await recordImportMove(trx, row, sort_key);
      importIds.push(id);
    }
    await recordEntryChanges(trx, await writeIdentities(trx, [], people));
    for (const secret of tokens)
      await insertToken(trx, now, {
        ...{ organization_id: organization.id, access_level: 'Write', name: benchTokenName, created_by: 'a benchmark' },
        ...{ secret_hash: hashSecret(secret), secret_start: startOfSecret(secret) },
      });
  });
  await db.destroy();
  return { importIds, identityIds: people.map(({ id }) => id), tokens };
}

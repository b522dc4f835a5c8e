import type { ImportFiles } from '../applications/import-files.ts';
import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { inTransaction } from '../database/transactions.ts';
import { insertOrganization } from '../organizations/store/organizations.ts';
import { applicationIds, insertApplications } from './seed-applications.ts';
import { seedFacts } from './seed-facts.ts';
import { buildImports } from './seed-imports.ts';
import { seedLog } from './seed-log.ts';
import { seedEvents, seedIdentities } from './seed-people.ts';
import { hrisTokenId, insertTokens } from './seed-tokens.ts';

const ids = {
  organization: '00a1b2c3-0000-4000-8000-000000000001',
  project: '00a1b2c3-0000-4000-8000-000000000002',
  environment: '00a1b2c3-0000-4000-8000-000000000003',
};

/** Inserts everything that the contract's examples name. The database must be empty. */
export async function seed(db: Db, logDb: Db, importFiles: ImportFiles, log: Log): Promise<void> {
  const organization = await inTransaction(db, async (trx) => {
    const inserted = await insertOrganization(trx, new Date('2026-01-05T09:00:00Z'), { key: 'default', isHost: true }, ids);
    await insertTokens(trx, inserted.id);
    await insertApplications(trx, inserted.default_environment_id);
    await seedIdentities(trx, inserted.default_environment_id, applicationIds.directory);
    return inserted;
  });
  await buildImports(db, importFiles, log, organization.default_environment_id);
  await seedEvents(db, organization.default_environment_id, applicationIds.silverlake, {
    id: hrisTokenId,
    name: 'API Token - HRIS Integration',
  });
  await seedLog(logDb, { organizationId: ids.organization, environmentId: ids.environment, id: hrisTokenId, name: 'HRIS Integration' });
  await seedFacts(db, { organizationId: ids.organization, projectId: ids.project, environmentId: ids.environment });
}

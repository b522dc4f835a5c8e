import { randomUUID } from 'node:crypto';
import { insertApplicationImport } from '../server/store/application-imports.ts';
import { insertApplication } from '../server/store/applications.ts';
import { countEntries } from '../server/store/counted-lists.ts';
import { createDatabase, inTransaction } from '../server/store/database.ts';
import { nobody, writeIdentities } from '../server/store/identities.ts';
import { toInstant } from '../server/store/instants.ts';
import { findHostOrganization } from '../server/store/organizations.ts';

const fileGroups = ['Users', 'Groups', 'Privileges'];
const counts = { read: 1000, added: 40, changed: 20, removed: 10, unchanged: 930, rejected: 0 };
const metrics = JSON.stringify({ users: counts, groups: counts, privileges: counts, identities: counts, durationMs: 1234 });

/** Finished imports of one application with three files each, and a person, in the default environment of a database that our server has made. */
export async function fillImports(databaseUrl: string, imports: number): Promise<{ importId: string; identityId: string }> {
  const db = createDatabase(databaseUrl);
  const now = new Date();
  const environment_id = (await findHostOrganization(db))?.default_environment_id as string;
  const application = await insertApplication(db, now, { environment_id, name: 'Core Banking' });
  const [begun, ended] = [toInstant(new Date(now.getTime() - 1234)), toInstant(now)];
  const identityId = randomUUID();
  let importId = '';
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
      const { id } = await insertApplicationImport(trx, now, values, files);
      await trx('application_imports')
        .where({ id })
        .update({ status: 'Finished', build_start: begun, build_end: ended, sort_at: ended, log: 'Read 3000 rows\nDone', metrics });
      if (index === Math.floor(imports / 2)) importId = id;
    }
    const person = { ...nobody, id: identityId, environment_id, application_id: null, source_key: null, first_seen_date: ended };
    const names = { first_name: 'Ada', last_name: 'Berg', email_address: 'ada@example.com', title: 'Teller', office: 'Moorhead' };
    await countEntries(trx, await writeIdentities(trx, [], [{ ...person, ...names }]));
  });
  await db.destroy();
  return { importId, identityId };
}

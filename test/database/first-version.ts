import { createHash, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Db } from '../../server/database/database.ts';
import * as begin from '../../server/database/migrations/0001-begin.ts';
import { isMySqlRun } from '../support/test-database.ts';

const source = {
  getMigrations: async () => ['0001-begin'],
  getMigrationName: (name: string) => name,
  getMigration: async () => ({ ...begin, down: async () => {} }),
};
const firstMigration: Knex.MigratorConfig = { tableName: 'migrations', migrationSource: source };
const created_at = '2026-02-20 08:15:00.000';
export const environmentIds = [randomUUID(), randomUUID()];
export const tokenIds = [randomUUID(), randomUUID()].toSorted();
export const secretHashes = tokenIds.map((id) => createHash('sha256').update(id).digest());
export const newRecord = (rows_kind: string, record_key: string, attributes: object, generation_id = 1) => ({
  generation_id,
  rows_kind,
  record_key,
  position: 1,
  attributes: JSON.stringify(attributes),
});
export const importedRecords = [
  newRecord('users', 'both', { name: 'Ann', emailAddress: 'Ann@Example.com', employeeNumber: 'E-17' }),
  newRecord('users', 'email', { emailAddress: 'a"b\\c@EXAMPLE.com' }),
  newRecord('users', 'number', { employeeNumber: '00123' }, 2),
  newRecord('users', 'neither', {}),
  newRecord('identities', 'E-17', { emailAddress: 'ann@example.com', firstName: 'Ann' }),
  newRecord('privileges', '["both","","read"]', { value: '1' }),
];
/** The person links that the migration must create: by key of the record, its lower-case employee number and e-mail address. */
export const expectedPersons = { both: ['e-17', 'ann@example.com'], email: [null, 'a"b\\c@example.com'], number: ['00123', null] };

/** Creates the tables of the first version in an empty database, with imported records. */
export async function createFirstVersion(db: Db, moreRecords: ReturnType<typeof newRecord>[] = []): Promise<void> {
  await db.migrate.latest(firstMigration);
  const organization = { id: randomUUID(), key: 'default', name: 'Default', default_environment_id: environmentIds[0], created_at };
  await db('organizations').insert(organization);
  const project_id = randomUUID();
  await db('projects').insert({ id: project_id, organization_id: organization.id, key: 'default', name: 'Default', created_at });
  for (const [index, id] of environmentIds.entries()) {
    await db('environments').insert({ id, project_id, key: `environment-${index}`, name: 'An environment', created_at });
    await db('sequences').insert({ environment_id: id, name: 'application_imports', value: 40 + index });
  }
  const token = {
    organization_id: organization.id,
    level: 'Organization',
    access_level: 'Write',
    secret_start: 'pa_x',
    created_by: 'x',
    created_at,
  };
  await db('tokens').insert(
    secretHashes.map((secret_hash, index) => ({ id: tokenIds[index], name: `Token ${index}`, secret_hash, ...token })),
  );
  const application = { environment_id: environmentIds[0], name: 'Silverlake', priority: 'High', is_archived: 0, created_at };
  await db('applications').insert({ id: randomUUID(), ...application, connector: '{"name":"x"}', generation_id: 1 });
  await db('application_records').insert([...importedRecords, ...moreRecords]);
}

/** Returns the rows of the tables that every migration must retain. */
export const rowsByTable = async (db: Db) =>
  Object.fromEntries(
    await Promise.all(
      ['organizations', 'projects', 'environments', 'applications', 'tokens'].map(async (table) => [
        table,
        (await db(table).select()).map(({ secret_hash, ...row }) => row),
      ]),
    ),
  );

/** Returns the employee number and the e-mail address by which each record of a user is linked to a person, by key of the record. */
export const personsOf = async (db: Db) =>
  Object.fromEntries(
    (await db('application_records').where({ rows_kind: 'users' }).select()).map((row) => [
      row.record_key,
      [row.person_number, row.person_email],
    ]),
  );

export const indexNames = async (db: Db): Promise<string[]> => {
  const sql = isMySqlRun
    ? 'SELECT DISTINCT CONCAT(TABLE_NAME, " ", INDEX_NAME) AS name FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY name'
    : "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name";
  const found = await db.raw(sql);
  return (isMySqlRun ? found[0] : found).map(({ name }: { name: string }) => name);
};

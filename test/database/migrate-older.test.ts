import { afterEach, expect, it } from 'vitest';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { isMigrated, migrate } from '../../server/database/migrate.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertOrganization } from '../../server/organizations/store/organizations.ts';
import { nextNumber } from '../../server/organizations/store/sequences.ts';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';
import {
  createFirstVersion,
  environmentIds,
  expectedPersons,
  importedRecords,
  indexNames,
  newRecord,
  personsOf,
  rowsByTable,
  secretHashes,
  tokenIds,
} from './first-version.ts';

const cleanups: (() => Promise<unknown>)[] = [];
const cleanUp = async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
};
afterEach(cleanUp);

function opened(url: string): Db {
  const db = createDatabase(url);
  cleanups.push(() => db.destroy());
  return db;
}

async function givenFirstVersion(...moreRecords: ReturnType<typeof newRecord>[]): Promise<{ db: Db; url: string }> {
  const { url, remove } = await newDatabase();
  cleanups.push(remove);
  const db = opened(url);
  await createFirstVersion(db, moreRecords);
  return { db, url };
}

/** Checks that a migrated database has the latest schema, all data of the first version, and the defaults of new columns. */
async function expectLatestVersion(db: Db, before: Record<string, object[]>, indexes: string[]): Promise<void> {
  expect(await isMigrated(db)).toBe(true);
  const after = await rowsByTable(db);
  for (const [table, rows] of Object.entries(before)) expect(after[table]).toMatchObject(rows);
  expect(after.organizations).toMatchObject([{ time_zone: 'UTC', custom_fields: '{}', is_host: 1 }]);
  const secrets = await db('token_secrets').orderBy('token_id').select();
  expect(secrets.map(({ token_id, secret_hash }) => [token_id, Buffer.from(secret_hash)])).toEqual(
    tokenIds.map((id, index) => [id, secretHashes[index]]),
  );
  expect(after.applications).toMatchObject([{ is_granted_at_onboarding: 0 }]);
  const sequences = await db('sequences').orderBy(['environment_id', 'name']).select();
  expect(sequences).toEqual(
    environmentIds.toSorted().flatMap((environment_id) => [
      { environment_id, name: 'access_requests', value: 0 },
      { environment_id, name: 'application_imports', value: environment_id === environmentIds[0] ? 40 : 41 },
      { environment_id, name: 'personnel_events', value: 0 },
    ]),
  );
  expect(await personsOf(db)).toEqual({ ...expectedPersons, neither: [null, null] });
  const nonUsers = await db('application_records').whereNot({ rows_kind: 'users' }).select('person_number', 'person_email');
  expect(nonUsers).toEqual(nonUsers.map(() => ({ person_number: null, person_email: null })));
  const records = (await db('application_records').select()).map(({ person_number, person_email, ...row }) => row);
  const sorted = (rows: { record_key: string }[]) => rows.toSorted((left, right) => (left.record_key < right.record_key ? -1 : 1));
  expect(sorted(records)).toEqual(sorted(importedRecords));
  expect(await indexNames(db)).toEqual(indexes);
}

async function indexesOfNewDatabase(): Promise<string[]> {
  const { url, remove } = await newDatabase();
  cleanups.push(remove);
  const db = opened(url);
  await migrate(db);
  return indexNames(db);
}

it('migrates a database of the first version: data and sequences remain, persons are linked, indexes equal those of a new database', async () => {
  const indexes = await indexesOfNewDatabase();
  const { db } = await givenFirstVersion();
  const before = await rowsByTable(db);
  await migrate(db);
  await expectLatestVersion(db, before, indexes);
  await migrate(db);
  await expectLatestVersion(db, before, indexes);
  const [environmentId] = environmentIds as [string];
  const numbers = await inTransaction(db, async (trx) => [
    await nextNumber(trx, environmentId, 'application_imports'),
    await nextNumber(trx, environmentId, 'personnel_events'),
  ]);
  expect(numbers).toEqual([41, 1]);
  await inTransaction(db, (trx) => insertOrganization(trx, new Date(), { key: 'another' }));
});

it('links persons as an import does: lower case in every alphabet', async () => {
  const { db } = await givenFirstVersion(
    newRecord('users', 'alphabet', { emailAddress: 'ÄRGER@Example.com', employeeNumber: 'É-1 Σ' }),
    newRecord('users', 'emoji', { emailAddress: '😀@Example.com', employeeNumber: 'null' }),
  );
  await migrate(db);
  expect(await personsOf(db)).toMatchObject({ alphabet: ['é-1 σ', 'ärger@example.com'], emoji: ['null', '😀@example.com'] });
});

it('links persons as an import does: without values that are too long', async () => {
  const { db } = await givenFirstVersion(
    newRecord('users', 'long', { emailAddress: `${'x'.repeat(257)}@example.com`, employeeNumber: 'y'.repeat(10_000) }),
    newRecord('users', 'longest', { emailAddress: 'X'.repeat(256), employeeNumber: '1' }),
  );
  await migrate(db);
  const { long, longest } = (await personsOf(db)) as Record<string, (string | null)[]>;
  expect([long?.map((text) => text?.length), longest?.map((text) => text?.length)]).toEqual([
    [undefined, undefined],
    [1, 256],
  ]);
});

it('has the same result if it is interrupted before any of its statements and runs again', async () => {
  const indexes = await indexesOfNewDatabase();
  const faults: string[] = [];
  // On SQLite an interrupted migration is rolled back. MySQL takes longer, so there only every sixth statement is tested.
  for (let failAt = 1, isComplete = false; !isComplete; failAt += isMySqlRun ? 6 : 1) {
    const { db, url } = await givenFirstVersion();
    const before = await rowsByTable(db);
    let statement = '';
    let count = 0;
    const interrupted = opened(url);
    interrupted.on('query', ({ sql }: { sql: string }) => {
      if (++count !== failAt) return;
      statement = sql;
      throw new Error('failure of this test');
    });
    await migrate(interrupted).catch((error) => expect(error.message).toBe('failure of this test'));
    isComplete = count < failAt;
    await interrupted.destroy();
    await migrate(db).catch((error) => faults.push(`${failAt}: ${statement}: ${error.message}`));
    await expectLatestVersion(db, before, indexes).catch((error) => faults.push(`${failAt}: ${statement}: ${error.message}`));
    await cleanUp();
    if (isComplete) expect(failAt).toBeGreaterThan(60);
  }
  expect(faults).toEqual([]);
}, 300_000);

import { expect, it } from 'vitest';
import type { RowsKind } from '../../../server/applications/store/applications.ts';
import { createBulkWriter } from '../../../server/applications/store/bulk-records.ts';
import type { Duplicate } from '../../../server/applications/store/bulk-statements.ts';
import type { BulkRecord } from '../../../server/applications/store/load-data.ts';
import { createDatabase, type Db, isMySql } from '../../../server/database/database.ts';
import { useServer } from '../../support/server.ts';
import { isMySqlRun } from '../../support/test-database.ts';

const server = useServer();
let lastGenerationId = 1000;

/** Runs `work` on a database without LOAD DATA LOCAL. On MySQL, the client lacks the capability, as if the server refused it. */
async function withoutLoadData(work: (db: Db, statements: string[]) => Promise<void>): Promise<void> {
  const db = isMySqlRun ? createDatabase(server.databaseUrl) : server.db;
  const statements: string[] = [];
  const onQuery = ({ sql }: { sql: string }) => statements.push(sql.slice(0, 9));
  db.on('query', onQuery);
  if (isMySqlRun) db.client.connectionSettings.flags = ['-LOCAL_FILES'];
  try {
    await work(db, statements);
  } finally {
    db.off('query', onQuery);
    if (isMySqlRun) await db.destroy();
  }
}

const record = (key: string, position: number, value = `value of ${key}`): BulkRecord => ({
  key,
  position,
  attributes: JSON.stringify({ value }),
  personNumber: null,
  personEmail: null,
});
const stored = (generationId: number) =>
  server
    .db('application_records')
    .where({ generation_id: generationId })
    .orderBy('position')
    .select('rows_kind', 'record_key as key', 'position', 'attributes', 'person_number as personNumber', 'person_email as personEmail');

/** Writes records with one writer and returns all duplicates. */
async function insertRecords(db: Db, generationId: number, rows: RowsKind, records: BulkRecord[]): Promise<Duplicate[]> {
  const writer = createBulkWriter(db, generationId, rows);
  return [...(await writer.add(records)), ...(await writer.end())];
}

const specialKeys = [
  '\\',
  '\\N',
  'NULL',
  '\\\\',
  'a\\',
  '\\t',
  'tab',
  'é',
  'É',
  'E',
  'e',
  '😀',
  '😁',
  "'",
  '"',
  ',',
  'a,b',
  '?',
  ':a',
  '%s',
  '\u2028',
  '0',
  '',
];
const batch = () => specialKeys.map((key, index) => record(key, index + 1, `${key} \t \n \r \0 \u001a ${key}`));

it('stores every character unchanged, with LOAD DATA and with INSERT', async () => {
  const loaded = ++lastGenerationId;
  expect(await insertRecords(server.db, loaded, 'users', batch())).toEqual([]);
  expect(await stored(loaded)).toEqual(batch().map((expected) => ({ rows_kind: 'users', ...expected })));

  const inserted = ++lastGenerationId;
  await withoutLoadData(async (db) => expect(await insertRecords(db, inserted, 'users', batch())).toEqual([]));
  expect(await stored(inserted)).toEqual(await stored(loaded));
});

it('stores person number and e-mail, including null and texts that look like null, with LOAD DATA and with INSERT', async () => {
  const texts = [null, '', '\\N', '\\n', 'n', 'null', '\\', '\\\\', '\\\\N', 'a\\', '\\t', 'ärger', '😀', "'", '"', ',', 'x'.repeat(256)];
  const pairs = texts.flatMap((personNumber) => texts.map((personEmail) => ({ personNumber, personEmail })));
  const records = pairs.map((pair, index) => ({ ...record(`key${index}`, index + 1), ...pair }));
  const check = async (db: Db) => {
    const id = ++lastGenerationId;
    expect(await insertRecords(db, id, 'users', records)).toEqual([]);
    expect(await stored(id)).toEqual(records.map((expected) => ({ rows_kind: 'users', ...expected })));
    const again = records.map((original) => ({ ...original, position: original.position + 1000 }));
    expect((await insertRecords(db, id, 'users', again)).length).toBe(records.length);
  };
  await check(server.db);
  await withoutLoadData(check);
});

it('stores the first record of each key and returns the duplicates with its position, with LOAD DATA and with INSERT', async () => {
  const check = async (db: Db) => {
    const id = ++lastGenerationId;
    const first = [record('ann', 1), record('bob', 2), record('ann', 3, 'again'), record('ANN', 4)];
    expect(await insertRecords(db, id, 'users', first)).toEqual([{ key: 'ann', position: 3, firstPosition: 1 }]);
    const second = [record('bob', 5, 'again'), record('cid', 6), record('cid', 7, 'again'), record('ann', 8), record('cid', 9)];
    expect(await insertRecords(db, id, 'users', second)).toEqual([
      { key: 'bob', position: 5, firstPosition: 2 },
      { key: 'cid', position: 7, firstPosition: 6 },
      { key: 'ann', position: 8, firstPosition: 1 },
      { key: 'cid', position: 9, firstPosition: 6 },
    ]);
    expect(await insertRecords(db, id, 'groups', [record('ann', 10)])).toEqual([]);
    expect((await stored(id)).map(({ rows_kind, position }) => [rows_kind, position])).toEqual([
      ['users', 1],
      ['users', 2],
      ['users', 4],
      ['users', 6],
      ['groups', 10],
    ]);
    expect(await insertRecords(db, id, 'users', [])).toEqual([]);
  };
  await check(server.db);
  await withoutLoadData(check);
});

it('stores batches around the statement size limits completely', async () => {
  for (const size of [1, 99, 100, 101, 499, 500, 501, 999, 1000, 1001, 2000, 2001]) {
    const check = async (db: Db) => {
      const id = ++lastGenerationId;
      const records = Array.from({ length: size }, (_, index) => record(`key${index}`, index + 1));
      expect(await insertRecords(db, id, 'users', records)).toEqual([]);
      const again = records.map((original) => ({ ...original, position: original.position + size }));
      expect((await insertRecords(db, id, 'users', again)).map(({ firstPosition }) => firstPosition)).toEqual(
        records.map(({ position }) => position),
      );
      expect((await stored(id)).length).toBe(size);
    };
    await check(server.db);
    await withoutLoadData(check);
  }
});

it('accepts empty batches at any time', async () => {
  const check = async (db: Db) => {
    const id = ++lastGenerationId;
    const writer = createBulkWriter(db, id, 'users');
    for (const records of [[], [record('ann', 1)], [], [], [record('bob', 2), record('ann', 3)], []]) await writer.add(records);
    await writer.end();
    expect((await stored(id)).map(({ key }) => key)).toEqual(['ann', 'bob']);
  };
  await check(server.db);
  await withoutLoadData(check);
});

it('uses only INSERT after the server has refused LOAD DATA', async () => {
  await withoutLoadData(async (db, statements) => {
    await insertRecords(db, ++lastGenerationId, 'users', [record('ann', 1)]);
    await insertRecords(db, lastGenerationId, 'users', [record('bob', 2)]);
    const loads = statements.filter((sql) => sql.startsWith('LOAD DATA')).length;
    expect(loads).toBe(isMySql(db) ? 1 : 0);
    expect((await stored(lastGenerationId)).length).toBe(2);
  });
});

it('stores wide rows completely and in order when few of them fill a load', async () => {
  const id = ++lastGenerationId;
  const writer = createBulkWriter(server.db, id, 'users');
  const duplicates: Duplicate[] = [];
  for (let batchIndex = 0; batchIndex < 5; batchIndex++) {
    const wide = Array.from({ length: 250 }, (_, index) =>
      record(`key${batchIndex * 250 + index}`, batchIndex * 250 + index + 1, 'x'.repeat(20_000)),
    );
    duplicates.push(...(await writer.add(wide)));
  }
  duplicates.push(...(await writer.add([record('key0', 2000)])), ...(await writer.end()));
  expect(duplicates).toEqual([{ key: 'key0', position: 2000, firstPosition: 1 }]);
  const [count] = await server.db('application_records').where({ generation_id: id }).count({ count: '*' });
  expect(Number(count?.count)).toBe(1250);
});

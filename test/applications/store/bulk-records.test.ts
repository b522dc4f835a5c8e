import { expect, it } from 'vitest';
import type { RowsKind } from '../../../server/applications/store/applications.ts';
import { createBulkWriter, type Duplicate } from '../../../server/applications/store/bulk-records.ts';
import type { BulkRecord } from '../../../server/applications/store/load-data.ts';
import { createDatabase, type Db, isMySql } from '../../../server/database/database.ts';
import { isMySqlRun } from '../../support/database-url.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
let generation = 1000;

/** A database that may not use LOAD DATA LOCAL: on MySQL the client says that it can't, as a server does that won't. */
async function withoutLoading(work: (db: Db, statements: string[]) => Promise<void>): Promise<void> {
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

/** All of a batch written, in one go. */
async function insertRecords(db: Db, generationId: number, rows: RowsKind, records: BulkRecord[]): Promise<Duplicate[]> {
  const writer = createBulkWriter(db, generationId, rows);
  return [...(await writer.add(records)), ...(await writer.end())];
}

const awkward = [
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
const batch = () => awkward.map((key, index) => record(key, index + 1, `${key} \t \n \r \0 \u001a ${key}`));

it('stores every character as it is, by whichever statement', async () => {
  const loaded = ++generation;
  expect(await insertRecords(server.db, loaded, 'users', batch())).toEqual([]);
  expect(await stored(loaded)).toEqual(batch().map((each) => ({ rows_kind: 'users', ...each })));

  const inserted = ++generation;
  await withoutLoading(async (db) => expect(await insertRecords(db, inserted, 'users', batch())).toEqual([]));
  expect(await stored(inserted)).toEqual(await stored(loaded));
});

it('stores which person a row is: nothing, or a text that looks like nothing, or any other, by whichever statement', async () => {
  const texts = [null, '', '\\N', '\\n', 'n', 'null', '\\', '\\\\', '\\\\N', 'a\\', '\\t', 'ärger', '😀', "'", '"', ',', 'x'.repeat(256)];
  const pairs = texts.flatMap((personNumber) => texts.map((personEmail) => ({ personNumber, personEmail })));
  const records = pairs.map((pair, index) => ({ ...record(`key${index}`, index + 1), ...pair }));
  const check = async (db: Db) => {
    const id = ++generation;
    expect(await insertRecords(db, id, 'users', records)).toEqual([]);
    expect(await stored(id)).toEqual(records.map((each) => ({ rows_kind: 'users', ...each })));
    const again = records.map((each) => ({ ...each, position: each.position + 1000 }));
    expect((await insertRecords(db, id, 'users', again)).length).toBe(records.length);
  };
  await check(server.db);
  await withoutLoading(check);
});

it('keeps the first of several with one key and gives the others back with its position, by whichever statement', async () => {
  const check = async (db: Db) => {
    const id = ++generation;
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
  await withoutLoading(check);
});

it('stores batches of every awkward size whole', async () => {
  for (const size of [1, 99, 100, 101, 499, 500, 501, 999, 1000, 1001, 2000, 2001]) {
    const check = async (db: Db) => {
      const id = ++generation;
      const records = Array.from({ length: size }, (_, index) => record(`key${index}`, index + 1));
      expect(await insertRecords(db, id, 'users', records)).toEqual([]);
      const again = records.map((each) => ({ ...each, position: each.position + size }));
      expect((await insertRecords(db, id, 'users', again)).map(({ firstPosition }) => firstPosition)).toEqual(
        records.map(({ position }) => position),
      );
      expect((await stored(id)).length).toBe(size);
    };
    await check(server.db);
    await withoutLoading(check);
  }
});

it('takes no harm from batches without a record, wherever they come', async () => {
  const check = async (db: Db) => {
    const id = ++generation;
    const writer = createBulkWriter(db, id, 'users');
    for (const records of [[], [record('ann', 1)], [], [], [record('bob', 2), record('ann', 3)], []]) await writer.add(records);
    await writer.end();
    expect((await stored(id)).map(({ key }) => key)).toEqual(['ann', 'bob']);
  };
  await check(server.db);
  await withoutLoading(check);
});

it('stays with INSERT once a server has refused to load', async () => {
  await withoutLoading(async (db, statements) => {
    await insertRecords(db, ++generation, 'users', [record('ann', 1)]);
    await insertRecords(db, generation, 'users', [record('bob', 2)]);
    const loads = statements.filter((sql) => sql.startsWith('LOAD DATA')).length;
    expect(loads).toBe(isMySql(db) ? 1 : 0);
    expect((await stored(generation)).length).toBe(2);
  });
});

it('stores wide rows, of which few make a load, whole and in order', async () => {
  const id = ++generation;
  const writer = createBulkWriter(server.db, id, 'users');
  const duplicates: Duplicate[] = [];
  for (let part = 0; part < 5; part++) {
    const wide = Array.from({ length: 250 }, (_, index) => record(`key${part * 250 + index}`, part * 250 + index + 1, 'x'.repeat(20_000)));
    duplicates.push(...(await writer.add(wide)));
  }
  duplicates.push(...(await writer.add([record('key0', 2000)])), ...(await writer.end()));
  expect(duplicates).toEqual([{ key: 'key0', position: 2000, firstPosition: 1 }]);
  const [count] = await server.db('application_records').where({ generation_id: id }).count({ count: '*' });
  expect(Number(count?.count)).toBe(1250);
});

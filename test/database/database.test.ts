import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { insertImportFiles, listImportFiles } from '../../server/applications/store/application-imports.ts';
import { createDatabase, runStatement, selectRows } from '../../server/database/database.ts';
import { isDuplicateKey, isUnavailable } from '../../server/database/database-errors.ts';
import { fromInstant, toInstant } from '../../server/database/instants.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { useServer } from '../support/server.ts';
import { isMySqlRun } from '../support/test-database.ts';

const server = useServer();
const created_at = '2026-02-20 08:15:00.123';

const organization = (key: string, id: string = randomUUID()) => ({ id, key, name: key, default_environment_id: null, created_at });
const insert = (...keys: string[]) => server.db('organizations').insert(keys.map((key) => organization(key)));
const keysLike = async (start: string) =>
  (await server.db('organizations').where('key', 'like', `${start}%`).orderBy('key').select('key')).map(({ key }) => key);

it('commits all writes of a transaction or none', async () => {
  await inTransaction(server.db, async (trx) => {
    await trx('organizations').insert(organization('kept 1'));
    await trx('organizations').insert(organization('kept 2'));
  });
  const failure = inTransaction(server.db, async (trx) => {
    await trx('organizations').insert(organization('dropped 1'));
    await trx('organizations').where({ key: 'kept 1' }).delete();
    await trx('organizations').insert(organization('kept 2'));
  });
  await expect(failure).rejects.toSatisfy(isDuplicateKey);
  expect([await keysLike('kept'), await keysLike('dropped')]).toEqual([['kept 1', 'kept 2'], []]);
});

it('returns the result of a transaction, and throws its error without a retry', async () => {
  expect(await inTransaction(server.db, async () => 42)).toBe(42);
  let tries = 0;
  const failure = inTransaction(server.db, async () => {
    tries++;
    throw new Error('no');
  });
  await expect(failure).rejects.toThrow('no');
  expect(tries).toBe(1);
});

it('commits both of two transactions that lock two rows in opposite order', async () => {
  await insert('row a', 'row b');
  let tries = 0;
  let heldLocks = 0;
  const bothLocked = Promise.withResolvers<void>();
  const rename = (mark: string, ...keys: string[]) =>
    inTransaction(server.db, async (trx) => {
      tries++;
      for (const key of keys) {
        await trx('organizations')
          .where({ key })
          .update({ name: trx.raw(`${isMySqlRun ? 'CONCAT(name, ?)' : 'name || ?'}`, [mark]) });
        if (++heldLocks === 2) bothLocked.resolve();
        // SQLite allows only one writing transaction at a time, so waiting would never end.
        if (isMySqlRun) await bothLocked.promise;
      }
    });
  await Promise.all([rename('1', 'row a', 'row b'), rename('2', 'row b', 'row a')]);
  expect(tries).toBe(isMySqlRun ? 3 : 2);
  const names = await server.db('organizations').where('key', 'like', 'row %').select('name');
  for (const { name } of names) expect(name).toMatch(/^row [ab](12|21)$/);
});

it('loses no update if many transactions read a row and write it back', async () => {
  await server.db('sequences').insert({ environment_id: randomUUID(), name: 'counted', value: 0 });
  const row = () => server.db('sequences').where({ name: 'counted' });
  await Promise.all(
    Array.from({ length: 20 }, () =>
      inTransaction(server.db, async (trx) => {
        const { value } = await trx('sequences').where({ name: 'counted' }).forUpdate().first();
        await trx('sequences')
          .where({ name: 'counted' })
          .update({ value: value + 1 });
      }),
    ),
  );
  expect((await row().first()).value).toBe(20);
});

it('compares and orders keys byte by byte, regardless of the default of the database', async () => {
  const keys = ['key a', 'key A', 'key ä', 'key a\u0308', 'key ß', 'key ss', 'key 😀', 'key \ue000', 'key _', 'key 10', 'key 9'];
  await insert(...keys);
  await expect(insert('key ä')).rejects.toSatisfy(isDuplicateKey);
  for (const key of keys) expect(await server.db('organizations').where({ key }).select('key')).toEqual([{ key }]);
  const byBytes = keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  expect(await keysLike('key')).toEqual(byBytes);
});

it('finds ids in upper and lower case, and refuses a duplicate id in another case', async () => {
  const row = organization('found by id');
  await server.db('organizations').insert(row);
  for (const id of [row.id, row.id.toUpperCase()])
    expect(await server.db('organizations').where({ id }).first()).toMatchObject({ key: row.key });
  await expect(server.db('organizations').insert(organization('other', row.id.toUpperCase()))).rejects.toSatisfy(isDuplicateKey);
});

it('returns integers, bytes and long texts unchanged', async () => {
  const importId = randomUUID();
  const sha256 = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 8));
  const file = (bytes: number) => ({
    id: randomUUID(),
    file_group_id: randomUUID(),
    file_group: 'Users',
    name: 'a\\b 😀.csv',
    bytes,
    sha256,
  });
  const sizes = [0, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
  await insertImportFiles(server.db, importId, sizes.map(file));
  const files = await listImportFiles(server.db, importId);
  expect(files.map(({ bytes }) => Number(bytes))).toEqual(sizes);
  expect(files.every((storedFile) => sha256.equals(storedFile.sha256) && storedFile.name === 'a\\b 😀.csv')).toBe(true);

  const longText = 'ü😀\\\n'.repeat(300_000);
  const last_updated = '2026-03-29 02:30:00.001';
  const row = {
    id: randomUUID(),
    environment_id: randomUUID(),
    name: 'x',
    priority: 'None',
    is_archived: 0,
    created_at,
    connector: longText,
    last_updated,
  };
  await server.db('applications').insert(row);
  const found = await server.db('applications').where({ id: row.id }).first();
  expect([found.connector === longText, found.last_updated, found.is_archived]).toEqual([true, last_updated, 0]);
});

it('stores instants in UTC to the millisecond, regardless of the time zones of the session and this process', async () => {
  const instants = ['1970-01-01 00:00:00.001', '2026-03-29 01:30:00.000', '2026-10-25 02:30:00.999', '9999-12-31 23:59:59.999'];
  await inTransaction(server.db, async (trx) => {
    if (isMySqlRun) await trx.raw("SET time_zone = '+05:30'");
    await trx('organizations').insert(instants.map((instant, index) => ({ ...organization(`instant ${index}`), created_at: instant })));
    if (isMySqlRun) await trx.raw("SET time_zone = '+00:00'");
  });
  const found = await server.db('organizations').where('key', 'like', 'instant %').orderBy('created_at').select('created_at');
  expect(found.map((row) => row.created_at)).toEqual(instants);
  for (const instant of instants) expect(toInstant(fromInstant(instant))).toBe(instant);
  if (isMySqlRun) {
    const [[zone]] = await server.db.raw('SELECT @@session.time_zone AS zone, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS difference');
    expect([zone.zone, Number(zone.difference)]).toEqual(['+00:00', 0]);
  }
});

it('distinguishes an unavailable database from a wrong statement', async () => {
  // SQLite cannot open a folder, and no server listens on port 1.
  const unavailable = createDatabase(isMySqlRun ? 'mysql://root@127.0.0.1:1/nowhere' : `sqlite:${server.config.sharedDirectory}`);
  await expect(unavailable.raw('SELECT 1')).rejects.toSatisfy(isUnavailable);
  await unavailable.destroy();
  if (isMySqlRun) {
    // Kills the connection while one statement is running, and then runs another one on it.
    const killed = inTransaction(server.db, async (trx) => {
      const [[{ id }]] = await trx.raw('SELECT CONNECTION_ID() AS id');
      const sleeping = trx.raw('SELECT SLEEP(30)');
      await Promise.all([expect(sleeping).rejects.toSatisfy(isUnavailable), server.db.raw(`KILL ${id}`)]);
      await trx.raw('SELECT 1');
    });
    await expect(killed).rejects.toSatisfy(isUnavailable);
  }
  await expect(server.db.raw('SELECT id FROM nowhere')).rejects.not.toSatisfy(isUnavailable);
  await expect(insert('key ä')).rejects.not.toSatisfy(isUnavailable);
});

it('releases the connection after each failed statement', async () => {
  for (let tries = 0; tries < 12; tries++) {
    await expect(selectRows(server.db, 'SELECT id FROM no_such_table WHERE id = ?', ['a'])).rejects.toThrow('no_such_table');
    await expect(runStatement(server.db, 'INSERT INTO no_such_table (id) VALUES (?)', [true])).rejects.toThrow('no_such_table');
  }
  expect(await selectRows(server.db, 'SELECT ? AS result', [true])).toEqual([{ result: 1 }]);
});

if (isMySqlRun)
  it('treats a MySQL server that does not respond as unavailable, and does not use its connection again', async () => {
    const unanswered = selectRows(server.db, 'SELECT SLEEP(?) AS slept', [7]);
    await expect(unanswered).rejects.toSatisfy(isUnavailable);
    expect(await selectRows(server.db, 'SELECT ? AS result', ['yes'])).toEqual([{ result: 'yes' }]);
  }, 20_000);

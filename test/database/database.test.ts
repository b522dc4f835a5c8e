import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { insertImportFiles, listImportFiles } from '../../server/applications/store/application-imports.ts';
import { createDatabase, runStatement, selectRows } from '../../server/database/database.ts';
import { isDuplicateKey, isUnavailable } from '../../server/database/database-errors.ts';
import { fromInstant, toInstant } from '../../server/database/instants.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { isMySqlRun } from '../support/database-url.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const created_at = '2026-02-20 08:15:00.123';

const organization = (key: string, id: string = randomUUID()) => ({ id, key, name: key, default_environment_id: null, created_at });
const insert = (...keys: string[]) => server.db('organizations').insert(keys.map((key) => organization(key)));
const keysLike = async (start: string) =>
  (await server.db('organizations').where('key', 'like', `${start}%`).orderBy('key').select('key')).map(({ key }) => key);

it('keeps all of a transaction or nothing of it', async () => {
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

it('answers what the transaction answers, and passes its errors on after one try', async () => {
  expect(await inTransaction(server.db, async () => 42)).toBe(42);
  let tries = 0;
  const failure = inTransaction(server.db, async () => {
    tries++;
    throw new Error('no');
  });
  await expect(failure).rejects.toThrow('no');
  expect(tries).toBe(1);
});

it('lets both of two transactions through that take two rows in opposite order', async () => {
  await insert('row a', 'row b');
  let tries = 0;
  let holding = 0;
  const bothHold = Promise.withResolvers<void>();
  const rename = (mark: string, ...keys: string[]) =>
    inTransaction(server.db, async (trx) => {
      tries++;
      for (const key of keys) {
        await trx('organizations')
          .where({ key })
          .update({ name: trx.raw(`${isMySqlRun ? 'CONCAT(name, ?)' : 'name || ?'}`, [mark]) });
        if (++holding === 2) bothHold.resolve();
        // SQLite lets only one transaction begin, so there is nothing to wait for.
        if (isMySqlRun) await bothHold.promise;
      }
    });
  await Promise.all([rename('1', 'row a', 'row b'), rename('2', 'row b', 'row a')]);
  expect(tries).toBe(isMySqlRun ? 3 : 2);
  const names = await server.db('organizations').where('key', 'like', 'row %').select('name');
  for (const { name } of names) expect(name).toMatch(/^row [ab](12|21)$/);
});

it('loses no update where many transactions read a row and write it back', async () => {
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

it('compares and orders keys byte by byte, whatever the default of the database', async () => {
  const keys = ['key a', 'key A', 'key ä', 'key a\u0308', 'key ß', 'key ss', 'key 😀', 'key \ue000', 'key _', 'key 10', 'key 9'];
  await insert(...keys);
  await expect(insert('key ä')).rejects.toSatisfy(isDuplicateKey);
  for (const key of keys) expect(await server.db('organizations').where({ key }).select('key')).toEqual([{ key }]);
  const byBytes = keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  expect(await keysLike('key')).toEqual(byBytes);
});

it('finds ids in any case, and takes none twice in another case', async () => {
  const row = organization('found by id');
  await server.db('organizations').insert(row);
  for (const id of [row.id, row.id.toUpperCase()])
    expect(await server.db('organizations').where({ id }).first()).toMatchObject({ key: row.key });
  await expect(server.db('organizations').insert(organization('other', row.id.toUpperCase()))).rejects.toSatisfy(isDuplicateKey);
});

it('gives back integers of any size in use, bytes, and text of any length as they were', async () => {
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
  expect(files.every((each) => sha256.equals(each.sha256) && each.name === 'a\\b 😀.csv')).toBe(true);

  const log = 'ü😀\\\n'.repeat(300_000);
  const last_updated = '2026-03-29 02:30:00.001';
  const row = {
    id: randomUUID(),
    environment_id: randomUUID(),
    name: 'x',
    priority: 'None',
    is_archived: 0,
    created_at,
    connector: log,
    last_updated,
  };
  await server.db('applications').insert(row);
  const found = await server.db('applications').where({ id: row.id }).first();
  expect([found.connector === log, found.last_updated, found.is_archived]).toEqual([true, last_updated, 0]);
});

it('keeps instants in UTC to the millisecond, whatever the zone of the session or of this process', async () => {
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

it('tells a database that is away from a question that is wrong', async () => {
  // A folder is no database that SQLite could open; nobody listens at port 1.
  const away = createDatabase(isMySqlRun ? 'mysql://root@127.0.0.1:1/nowhere' : `sqlite:${server.config.sharedDirectory}`);
  await expect(away.raw('SELECT 1')).rejects.toSatisfy(isUnavailable);
  await away.destroy();
  if (isMySqlRun) {
    // A statement is under way, and one comes after it, on a connection that is killed meanwhile.
    const cut = inTransaction(server.db, async (trx) => {
      const [[{ id }]] = await trx.raw('SELECT CONNECTION_ID() AS id');
      const sleeping = trx.raw('SELECT SLEEP(30)');
      await Promise.all([expect(sleeping).rejects.toSatisfy(isUnavailable), server.db.raw(`KILL ${id}`)]);
      await trx.raw('SELECT 1');
    });
    await expect(cut).rejects.toSatisfy(isUnavailable);
  }
  await expect(server.db.raw('SELECT id FROM nowhere')).rejects.not.toSatisfy(isUnavailable);
  await expect(insert('key ä')).rejects.not.toSatisfy(isUnavailable);
});

it('gives connections back after statements that fail, however many', async () => {
  for (let tries = 0; tries < 12; tries++) {
    await expect(selectRows(server.db, 'SELECT id FROM no_such_table WHERE id = ?', ['a'])).rejects.toThrow('no_such_table');
    await expect(runStatement(server.db, 'INSERT INTO no_such_table (id) VALUES (?)', [true])).rejects.toThrow('no_such_table');
  }
  expect(await selectRows(server.db, 'SELECT ? AS answered', [true])).toEqual([{ answered: 1 }]);
});

if (isMySqlRun)
  it('takes a MySQL server that is silent for one that is away, and does not use its connection again', async () => {
    const silent = selectRows(server.db, 'SELECT SLEEP(?) AS slept', [7]);
    await expect(silent).rejects.toSatisfy(isUnavailable);
    expect(await selectRows(server.db, 'SELECT ? AS answered', ['yes'])).toEqual([{ answered: 'yes' }]);
  }, 20_000);

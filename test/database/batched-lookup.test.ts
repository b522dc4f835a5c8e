import { expect, it } from 'vitest';
import { batchedLookup, batchedLookupById } from '../../server/database/batched-lookup.ts';
import { selectRows } from '../../server/database/database.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

/** A look-up whose queries wait until the test resolves or rejects them. */
function pausedLookup() {
  const queries: { keys: string[]; resume: () => void; fail: () => void }[] = [];
  const find = batchedLookup<string>(
    (_db, keys) =>
      new Promise((resolve, reject) =>
        queries.push({ keys: [...keys], resume: () => resolve([...keys]), fail: () => reject(new Error('no')) }),
      ),
    (row) => row,
  );
  return { queries, find: (key: string) => find(server.db, key) };
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('runs one query for all keys of a tick, each key once, and returns to each request the rows of its key', async () => {
  const queriedKeys: string[][] = [];
  const find = batchedLookup<{ key: string }>(
    async (_db, keys) => {
      queriedKeys.push([...keys]);
      return [{ key: 'a' }, { key: 'b' }, { key: 'a' }, { key: 'not requested' }];
    },
    ({ key }) => key,
  );
  const found = await Promise.all(['a', 'b', 'c', 'a'].map((key) => find(server.db, key)));
  expect(queriedKeys).toEqual([['a', 'b', 'c']]);
  expect(found.map((rows) => rows.length)).toEqual([2, 1, 0, 2]);
});

it('caches nothing: a key requested while its query is running is queried again', async () => {
  const { queries, find } = pausedLookup();
  const first = find('a');
  await nextTurn();
  const second = find('a');
  await nextTurn();
  expect(queries.map(({ keys }) => keys)).toEqual([['a'], ['a']]);
  for (const { resume } of queries) resume();
  await Promise.all([first, second]);
});

it('runs at most two queries at a time; keys requested meanwhile share the next query', async () => {
  const { queries, find } = pausedLookup();
  const results = [];
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    results.push(find(key));
    await nextTurn();
  }
  expect(queries.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
  queries[1]?.resume();
  expect(await results[1]).toEqual(['b']);
  await nextTurn();
  expect(queries.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
  for (const { resume } of queries) resume();
  expect(await Promise.all(results)).toEqual([['a'], ['b'], ['c'], ['d'], ['e']]);
});

it('runs at most two queries at a time if there are more keys than two queries may have', async () => {
  const { queries, find } = pausedLookup();
  const results = Array.from({ length: 300 }, (_, index) => find(`key ${index}`));
  await nextTurn();
  expect(queries.map(({ keys }) => keys.length)).toEqual([128, 128]);
  queries[0]?.resume();
  await results[0];
  await nextTurn();
  expect(queries.map(({ keys }) => keys.length)).toEqual([128, 128, 44]);
  for (const { resume } of queries) resume();
  expect((await Promise.all(results)).flat()).toHaveLength(300);
});

it('runs the waiting query after the running queries fail', async () => {
  const { queries, find } = pausedLookup();
  const results = [];
  for (const key of ['a', 'b', 'c']) {
    results.push(find(key));
    await nextTurn();
  }
  const settled = Promise.allSettled(results);
  for (const { fail } of queries) fail();
  while (queries.length < 3) await nextTurn();
  queries[2]?.resume();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

it('rejects all requests of a failed query, and no later ones', async () => {
  let fails = true;
  const find = batchedLookup<string>(
    async (_db, keys) => {
      if (fails) throw new Error('no');
      return [...keys];
    },
    (row) => row,
  );
  const failed = await Promise.allSettled([find(server.db, 'a'), find(server.db, 'b')]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await find(server.db, 'a')).toEqual(['a']);
});

it('finds rows by ids in upper and lower case, with more keys than one query may have', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  const find = batchedLookupById<{ id: string }>('applications', 'id');
  const keys = [id, id.toUpperCase(), ...Array.from({ length: 600 }, (_, index) => `missing ${index}`)];
  const found = await Promise.all(keys.map((key) => find(server.db, key)));
  expect(found.map((rows) => rows.length)).toEqual([1, 1, ...Array(600).fill(0)]);
});

it('sees uncommitted changes only inside their transaction', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  const find = batchedLookupById<{ id: string; name: string }>('applications', 'id');
  const before = (await find(server.db, id))[0]?.name;
  await inTransaction(server.db, async (trx) => {
    await trx('applications').where({ id }).update({ name: 'Renamed' });
    expect((await find(trx, id))[0]?.name).toBe('Renamed');
    expect((await find(server.db, id))[0]?.name).toBe(before);
  });
  expect((await find(server.db, id))[0]?.name).toBe('Renamed');
  expect(await selectRows(server.db, 'SELECT name FROM applications WHERE id = ?', [id])).toEqual([{ name: 'Renamed' }]);
});

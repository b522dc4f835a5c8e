import { expect, it } from 'vitest';
import { batchedLookup, batchedLookupById } from '../../server/database/batched-lookup.ts';
import { selectRows } from '../../server/database/database.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

/** Looks up numbers; each query waits until the test lets it go on. */
function held() {
  const queries: { keys: string[]; go: () => void; fail: () => void }[] = [];
  const find = batchedLookup<string>(
    (_db, keys) =>
      new Promise((resolve, reject) =>
        queries.push({ keys: [...keys], go: () => resolve([...keys]), fail: () => reject(new Error('no')) }),
      ),
    (row) => row,
  );
  return { queries, find: (key: string) => find(server.db, key) };
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('asks once for all keys of a tick, each of them once, and answers each who asked with its own rows', async () => {
  const asked: string[][] = [];
  const find = batchedLookup<{ key: string }>(
    async (_db, keys) => {
      asked.push([...keys]);
      return [{ key: 'a' }, { key: 'b' }, { key: 'a' }, { key: 'nobody asked' }];
    },
    ({ key }) => key,
  );
  const found = await Promise.all(['a', 'b', 'c', 'a'].map((key) => find(server.db, key)));
  expect(asked).toEqual([['a', 'b', 'c']]);
  expect(found.map((rows) => rows.length)).toEqual([2, 1, 0, 2]);
});

it('keeps nothing: what is asked for while a query is on its way is asked for again, after it', async () => {
  const { queries, find } = held();
  const first = find('a');
  await nextTurn();
  const second = find('a');
  await nextTurn();
  expect(queries.map(({ keys }) => keys)).toEqual([['a'], ['a']]);
  for (const { go } of queries) go();
  await Promise.all([first, second]);
});

it('has two queries on their way at most; what comes meanwhile goes together with the next', async () => {
  const { queries, find } = held();
  const answers = [];
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    answers.push(find(key));
    await nextTurn();
  }
  expect(queries.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
  queries[1]?.go();
  expect(await answers[1]).toEqual(['b']);
  await nextTurn();
  expect(queries.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
  for (const { go } of queries) go();
  expect(await Promise.all(answers)).toEqual([['a'], ['b'], ['c'], ['d'], ['e']]);
});

it('has no more on their way for more keys than two queries take', async () => {
  const { queries, find } = held();
  const answers = Array.from({ length: 300 }, (_, index) => find(`key ${index}`));
  await nextTurn();
  expect(queries.map(({ keys }) => keys.length)).toEqual([128, 128]);
  queries[0]?.go();
  await answers[0];
  await nextTurn();
  expect(queries.map(({ keys }) => keys.length)).toEqual([128, 128, 44]);
  for (const { go } of queries) go();
  expect((await Promise.all(answers)).flat()).toHaveLength(300);
});

it('goes on with those who wait when the queries on their way fail', async () => {
  const { queries, find } = held();
  const asked = [];
  for (const key of ['a', 'b', 'c']) {
    asked.push(find(key));
    await nextTurn();
  }
  const settled = Promise.allSettled(asked);
  for (const { fail } of queries) fail();
  while (queries.length < 3) await nextTurn();
  queries[2]?.go();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

it('fails all who asked for keys of a query that fails, and nobody after them', async () => {
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

it('finds rows by ids in any case, among more of them than one query takes', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenApplication(server, tenant);
  const find = batchedLookupById<{ id: string }>('applications', 'id');
  const keys = [id, id.toUpperCase(), ...Array.from({ length: 600 }, (_, index) => `nobody ${index}`)];
  const found = await Promise.all(keys.map((key) => find(server.db, key)));
  expect(found.map((rows) => rows.length)).toEqual([1, 1, ...Array(600).fill(0)]);
});

it('sees in a transaction what is not committed, and outside only what is', async () => {
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

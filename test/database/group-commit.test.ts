import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createGroupCommit, createNamedGroupCommits } from '../../server/database/group-commit.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const limits = { itemsMax: 3, bytesMax: 10, sizeOf: (item: string) => item.length };

/** A group commit that records its commits. Each waits until the test resolves it. */
function pausedGroupCommit() {
  const commits: { items: string[]; resume: () => void }[] = [];
  const group = createGroupCommit<string, string>(
    (items) => new Promise((resolve) => commits.push({ items, resume: () => resolve(items.map((item) => item.toUpperCase())) })),
    limits,
  );
  return { commits, group };
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('commits the items of one turn together, and items added during a commit together in the next one, in order', async () => {
  const { commits, group } = pausedGroupCommit();
  const results = [group.add('a'), group.add('b')];
  await nextTurn();
  results.push(group.add('c'));
  await nextTurn();
  results.push(group.add('d'));
  expect(commits.map(({ items }) => items)).toEqual([['a', 'b']]);
  commits[0]?.resume();
  await results[0];
  await nextTurn();
  expect(commits.map(({ items }) => items)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  commits[1]?.resume();
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C', 'D']);
});

it('limits the items and bytes of a batch; a single item may be larger', async () => {
  const commits: string[][] = [];
  const group = createGroupCommit<string, string>(async (items) => {
    commits.push(items);
    return items;
  }, limits);
  const items = ['a', 'b', 'c', 'd', '12345', '678901', '123456789012', 'e'];
  expect(await Promise.all(items.map(group.add))).toEqual(items);
  expect(commits).toEqual([['a', 'b', 'c'], ['d', '12345'], ['678901'], ['123456789012'], ['e']]);
});

it('rejects only the item that causes an error, and commits the others', async () => {
  const done: string[] = [];
  const group = createGroupCommit<string, string>(async (items) => {
    if (items.includes('bad')) throw new Error('no');
    done.push(...items);
    return items;
  }, limits);
  const results = await Promise.allSettled(['a', 'bad', 'c', 'd'].map(group.add));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(done).toEqual(['a', 'c', 'd']);
});

it.each(['ECONNREFUSED', 'PROTOCOL_CONNECTION_LOST', 'ENETUNREACH', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_FULL'])(
  'rejects the whole batch for %s without a retry, because the commit may have succeeded',
  async (code) => {
    let tries = 0;
    const group = createGroupCommit<string, string>(async () => {
      tries++;
      throw Object.assign(new Error('unavailable'), { code });
    }, limits);
    const results = await Promise.allSettled(['a', 'b', 'c'].map(group.add));
    expect([tries, ...results.map(({ status }) => status)]).toEqual([1, 'rejected', 'rejected', 'rejected']);
    await expect(group.add('d')).rejects.toThrow('unavailable');
  },
);

it('items of one name do not wait for items of another', async () => {
  let resume = () => {};
  const commit = createNamedGroupCommits<string, string>(
    (_db, items) => (items[0] === 'slow' ? new Promise((resolve) => (resume = () => resolve(items))) : Promise.resolve(items)),
    (item) => item,
    limits,
  );
  const slow = commit(server.db, 'slow');
  expect(await commit(server.db, 'quick')).toBe('quick');
  resume();
  expect(await slow).toBe('slow');
});

it('becomes idle after all items are committed', async () => {
  const { commits, group } = pausedGroupCommit();
  const result = group.add('a');
  let isIdle = false;
  const idle = group.idle().then(() => {
    isIdle = true;
  });
  await nextTurn();
  await nextTurn();
  expect(isIdle).toBe(false);
  commits[0]?.resume();
  await Promise.all([result, idle]);
});

it('inside a transaction an item is committed alone, and rolled back with the transaction', async () => {
  const commits: number[] = [];
  const commit = createNamedGroupCommits<{ key: string }, string>(
    async (db, items) => {
      commits.push(items.length);
      await db('organizations').insert(
        items.map(({ key }) => ({ id: randomUUID(), key, name: key, created_at: '2026-02-20 08:15:00.123' })),
      );
      return items.map(({ key }) => key);
    },
    () => 'one name',
    { itemsMax: 10, bytesMax: 1000, sizeOf: () => 1 },
  );
  const rolledBack = inTransaction(server.db, async (trx) => {
    await Promise.all([commit(trx, { key: 'group rolled back 1' }), commit(trx, { key: 'group rolled back 2' })]);
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  expect(await Promise.all(['group kept 1', 'group kept 2'].map((key) => commit(server.db, { key })))).toEqual([
    'group kept 1',
    'group kept 2',
  ]);
  expect(commits).toEqual([1, 1, 2]);
  const kept = await server.db('organizations').where('key', 'like', 'group %').orderBy('key').select('key');
  expect(kept.map(({ key }) => key)).toEqual(['group kept 1', 'group kept 2']);
});

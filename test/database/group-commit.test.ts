import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createGroupCommit, createNamedGroupCommits } from '../../server/database/group-commit.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const limits = { itemsMax: 3, bytesMax: 10, sizeOf: (item: string) => item.length };

/** Commits are noted, and wait until the test lets them go on. */
function held() {
  const commits: { items: string[]; go: () => void }[] = [];
  const group = createGroupCommit<string, string>(
    (items) => new Promise((resolve) => commits.push({ items, go: () => resolve(items.map((item) => item.toUpperCase())) })),
    limits,
  );
  return { commits, group };
}
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('commits what comes in one turn together, and what comes while a commit is on its way together with the next, in order', async () => {
  const { commits, group } = held();
  const answers = [group.add('a'), group.add('b')];
  await nextTurn();
  answers.push(group.add('c'));
  await nextTurn();
  answers.push(group.add('d'));
  expect(commits.map(({ items }) => items)).toEqual([['a', 'b']]);
  commits[0]?.go();
  await answers[0];
  await nextTurn();
  expect(commits.map(({ items }) => items)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  commits[1]?.go();
  expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D']);
});

it('takes no more items, and no more bytes, than it may; one item may be larger', async () => {
  const commits: string[][] = [];
  const group = createGroupCommit<string, string>(async (items) => {
    commits.push(items);
    return items;
  }, limits);
  const items = ['a', 'b', 'c', 'd', '12345', '678901', '123456789012', 'e'];
  expect(await Promise.all(items.map(group.add))).toEqual(items);
  expect(commits).toEqual([['a', 'b', 'c'], ['d', '12345'], ['678901'], ['123456789012'], ['e']]);
});

it('fails the one that can not be done, and does the others', async () => {
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
  'fails all at once for %s, which may come after the commit: nothing is done twice',
  async (code) => {
    let tries = 0;
    const group = createGroupCommit<string, string>(async () => {
      tries++;
      throw Object.assign(new Error('away'), { code });
    }, limits);
    const results = await Promise.allSettled(['a', 'b', 'c'].map(group.add));
    expect([tries, ...results.map(({ status }) => status)]).toEqual([1, 'rejected', 'rejected', 'rejected']);
    await expect(group.add('d')).rejects.toThrow('away');
  },
);

it('does not let one name wait for another', async () => {
  let go = () => {};
  const keep = createNamedGroupCommits<string, string>(
    (_db, items) => (items[0] === 'slow' ? new Promise((resolve) => (go = () => resolve(items))) : Promise.resolve(items)),
    (item) => item,
    limits,
  );
  const slow = keep(server.db, 'slow');
  expect(await keep(server.db, 'quick')).toBe('quick');
  go();
  expect(await slow).toBe('slow');
});

it('is idle once all is committed', async () => {
  const { commits, group } = held();
  const answer = group.add('a');
  let isIdle = false;
  const idle = group.idle().then(() => {
    isIdle = true;
  });
  await nextTurn();
  await nextTurn();
  expect(isIdle).toBe(false);
  commits[0]?.go();
  await Promise.all([answer, idle]);
});

it('within a transaction an item is a part of it: undone with it, and alone', async () => {
  const commits: number[] = [];
  const keep = createNamedGroupCommits<{ key: string }, string>(
    async (db, items) => {
      commits.push(items.length);
      await db('organizations').insert(
        items.map(({ key }) => ({ id: randomUUID(), key, name: key, created_at: '2026-02-20 08:15:00.123' })),
      );
      return items.map(({ key }) => key);
    },
    () => 'all',
    { itemsMax: 10, bytesMax: 1000, sizeOf: () => 1 },
  );
  const undone = inTransaction(server.db, async (trx) => {
    await Promise.all([keep(trx, { key: 'group undone 1' }), keep(trx, { key: 'group undone 2' })]);
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  expect(await Promise.all(['group kept 1', 'group kept 2'].map((key) => keep(server.db, { key })))).toEqual([
    'group kept 1',
    'group kept 2',
  ]);
  expect(commits).toEqual([1, 1, 2]);
  const kept = await server.db('organizations').where('key', 'like', 'group %').orderBy('key').select('key');
  expect(kept.map(({ key }) => key)).toEqual(['group kept 1', 'group kept 2']);
});

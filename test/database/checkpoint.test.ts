import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { checkpoint, rareCheckpoints } from '../../server/database/embedded.ts';
import { newFolder } from '../support/fast-folder.ts';

// Always tests embedded database files, even in a run on MySQL.
const folder = newFolder('checkpoint');
afterAll(() => rmSync(folder, { recursive: true }));

/** A database file with a table for rows of one megabyte, which is 257 pages. */
async function givenFile(name: string) {
  const file = join(folder, name);
  const open = (settings = {}): Db => {
    const db = createDatabase(`sqlite:${file}`, settings);
    onTestFinished(() => db.destroy());
    return db;
  };
  const server = open(rareCheckpoints);
  await server.raw('CREATE TABLE blobs (bytes BLOB)');
  return { server, open, megabytes: () => statSync(file).size / 1024 ** 2 };
}
const write = async (db: Db, rows: number) => {
  for (let row = 0; row < rows; row++) await db.raw('INSERT INTO blobs VALUES (zeroblob(1048576))');
};
const countRows = async (db: Db) => (await db('blobs').count('* as rows'))[0]?.rows;

it('commits of the server checkpoint only from 64 MB of WAL on, if no other process checkpoints', async () => {
  const { server, megabytes } = await givenFile('alone.db');
  await write(server, 20);
  expect(megabytes()).toBeLessThan(1);
  await write(server, 50);
  expect(megabytes()).toBeGreaterThan(60);
});

it('a checkpoint copies the commits before the oldest open reader, and waits neither for that reader nor for a writer', async () => {
  const { server, open, megabytes } = await givenFile('beside.db');
  await write(server, 20);
  const reading = open();
  await reading.raw('BEGIN');
  expect(await countRows(reading)).toBe(20);
  await write(server, 1);
  const writing = await server.transaction();
  await write(writing, 1);

  const checkpointing = open();
  const results: { busy: number; log: number; checkpointed: number }[][] = [];
  checkpointing.on('query-response', (result) => results.push(result));
  await checkpoint(checkpointing);
  const copied = megabytes();
  await writing.commit();
  await reading.raw('COMMIT');

  // `busy` would be 1 if the checkpoint had waited and given up.
  expect(results).toEqual([[{ busy: 0, log: expect.any(Number), checkpointed: expect.any(Number) }]]);
  expect(results[0]?.[0]?.checkpointed).toBeLessThan(results[0]?.[0]?.log as number);
  expect(copied).toBeGreaterThan(20);
  expect(await countRows(reading)).toBe(22);
});

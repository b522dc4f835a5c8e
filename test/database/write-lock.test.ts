import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type Db, runStatement } from '../../server/database/database.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { newFolder } from '../support/fast-folder.ts';

const folder = newFolder('write-lock');
const filename = join(folder, 'locked.db');
let db: Db;
let holder: ChildProcess | undefined;

beforeAll(async () => {
  db = createDatabase(`sqlite:${filename}`);
  await db.schema.createTable('things', (t) => t.integer('id'));
});
afterAll(async () => {
  holder?.kill('SIGKILL');
  await db.destroy();
});

/** Starts a process that runs this code with a connection to the database, and waits until it writes a line. */
async function startHolder(code: string): Promise<ChildProcess> {
  const open = `const connection = require('better-sqlite3')(${JSON.stringify(filename)}); connection.pragma('synchronous = FULL');`;
  holder = spawn(process.execPath, ['-e', `${open} ${code}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  return holder;
}
async function end(started: ChildProcess): Promise<void> {
  started.kill('SIGKILL');
  await once(started, 'exit');
}

it('a process that writes without a pause lets another process write', async () => {
  const writing = await startHolder(`
    const [begin, insert, commit] = ['BEGIN IMMEDIATE', 'INSERT INTO things VALUES (1)', 'COMMIT'].map((sql) => connection.prepare(sql));
    for (let count = 0; ; count++) {
      begin.run();
      for (let row = 0; row < 200; row++) insert.run();
      commit.run();
      if (count === 0) process.stdout.write('writes');
    }`);
  for (let id = 100; id < 140; id++) {
    await inTransaction(db, (trx) => trx('things').insert({ id }));
    await runStatement(db, 'INSERT INTO things (id) VALUES (?)', [id]);
  }
  await end(writing);
  expect(await db('things').where('id', '>=', 100)).toHaveLength(80);
});

it('the event loop runs while a transaction and a statement wait for the write lock', async () => {
  const holding = await startHolder(`connection.exec('BEGIN IMMEDIATE'); process.stdout.write('holds'); setTimeout(() => {}, 60_000)`);
  const waiting = Promise.allSettled([
    inTransaction(db, (trx) => trx('things').insert({ id: 200 })),
    runStatement(db, 'INSERT INTO things (id) VALUES (?)', [200]),
    db('things').insert({ id: 200 }),
  ]);
  let turns = 0;
  for (; turns < 50; turns++) await new Promise((resolve) => setTimeout(resolve, 1));
  await end(holding);
  expect((await waiting).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(await db('things').where({ id: 200 })).toHaveLength(3);
});

it('a write fails with SQLITE_BUSY if the lock is not released in time', async () => {
  const holding = await startHolder(`connection.exec('BEGIN IMMEDIATE'); process.stdout.write('holds'); setTimeout(() => {}, 60_000)`);
  await expect(db('things').insert({ id: 300 })).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  await end(holding);
  expect(await db('things').where({ id: 300 })).toEqual([]);
});

import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createDatabase, type Db } from '../../server/store/database.ts';
import { checkpoint, checkpointedByAnother } from '../../server/store/embedded.ts';
import { newFolder } from '../support/fast-folder.ts';

// A file of its own, whichever database is tested: what is shown is how the embedded one keeps it.
const folder = newFolder('checkpoint');
const file = join(folder, 'some.db');
afterAll(() => rmSync(folder, { recursive: true }));
const megabytes = () => statSync(file).size / 1024 ** 2;

function open(settings = {}): Db {
  const db = createDatabase(`sqlite:${file}`, settings);
  onTestFinished(() => db.destroy());
  return db;
}
const write = async (db: Db, rows: number) => {
  for (let row = 0; row < rows; row++) await db.raw('INSERT INTO blobs VALUES (zeroblob(1048576))');
};

it('what a server has written waits for the checkpoint of another process, which neither readers nor writers wait for', async () => {
  const server = open(checkpointedByAnother);
  await server.raw('CREATE TABLE blobs (bytes BLOB)');
  await write(server, 8);
  expect(megabytes()).toBeLessThan(1);

  const reading = open();
  const trx = await server.transaction();
  await trx.raw('INSERT INTO blobs VALUES (zeroblob(1048576))');
  await reading.raw('BEGIN');
  expect(await reading('blobs').count('* as rows')).toEqual([{ rows: 8 }]);
  await checkpoint(open());
  expect(megabytes()).toBeGreaterThan(8);
  await trx.commit();
  await reading.raw('COMMIT');
  expect(await reading('blobs').count('* as rows')).toEqual([{ rows: 9 }]);

  // Where nobody comes for it, it does so itself.
  await write(server, 70);
  expect(megabytes()).toBeGreaterThan(60);
});

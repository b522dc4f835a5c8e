import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { deleteUnusedFiles } from '../../server/applications/delete-unused-files.ts';
import { insertApplicationImport } from '../../server/applications/store/application-imports.ts';
import { toInstant } from '../../server/database/instants.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { givenHostToken } from '../support/given-levels.ts';
import { storedFileNames } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const hourMs = 3_600_000;
const now = new Date('2026-06-15T12:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * hourMs);

beforeAll(async () => {
  await givenHostToken(server);
  await server
    .db('organizations')
    .where({ is_host: true })
    .update({ created_at: toInstant(hoursAgo(1000)) });
});

const setAge = (path: string, hours: number) => utimesSync(join(server.config.uploadDirectory, path), hoursAgo(hours), hoursAgo(hours));

async function givenFile(hours: number) {
  const file = await server.importFiles.store(Readable.from([Buffer.from('Login\nann\n')]));
  setAge(join(file.id.slice(0, 2), `${file.id}.csv`), hours);
  return file;
}

it('deletes only files of this database that no import has and that are older than a day, also in two processes at once', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const { environment_id, id: application_id } = application;
  const used = [await givenFile(25), await givenFile(900)];
  for (const file of used)
    await insertApplicationImport(server.db, hoursAgo(900), { environment_id, application_id, type: 'API', created_by: 'a test' }, [
      { ...file, file_group_id: application.connector?.fileGroups[0]?.id as string, file_group: 'Users', name: 'users.csv' },
    ]);
  const retained = [...used, await givenFile(0), await givenFile(23.9), await givenFile(1001)].map(({ id }) => `${id}.csv`);
  // More than one query looks up.
  const unused = [await givenFile(24.1), await givenFile(999)];
  for (let count = 0; count < 210; count++) unused.push(await givenFile(30));
  const foreign = ['notes.txt', 'ab/notes.txt', 'other/x.csv', 'ab/00000000-0000-4000-8000-000000000001.csv.bak'];
  for (const path of foreign) {
    mkdirSync(join(server.config.uploadDirectory, path, '..'), { recursive: true });
    writeFileSync(join(server.config.uploadDirectory, path), 'x');
    setAge(path, 30);
  }
  await Promise.all([1, 2].map(() => deleteUnusedFiles(server.db, server.importFiles, now)));
  expect(storedFileNames(server).sort()).toEqual([...retained, ...foreign.map((path) => path.split('/').at(-1) as string)].sort());
  expect(unused.length).toBe(212);
});

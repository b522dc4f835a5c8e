import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createApplication,
  getApplication,
  getApplicationImport,
  listApplicationRecords,
  stageApplicationImport,
} from '../../generated/sdk.gen.ts';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { type ServerProcess, startProcess, until } from '../support/process.ts';
import { isMySqlRun, newDatabase, type TestDatabase } from '../support/test-database.ts';

// The acceptance run sets KILL_ROWS=1000000 and KILL_ROUNDS=10. The usual run does the same with fewer rows and rounds.
const rows = Number(process.env.KILL_ROWS ?? (isMySqlRun ? 20_000 : 40_000));
const rounds = Number(process.env.KILL_ROUNDS ?? 3);
/** Each version of the file removes this many rows, adds as many new ones, and changes all others. */
const replacedRows = rows / 10;

let database: TestDatabase;
let db: Db;
let server: ServerProcess;
const start = () =>
  startProcess({
    DATABASE_URL: database.url,
    SHARED_DIRECTORY: join(database.folder, 'shared'),
    UPLOAD_DIRECTORY: join(database.folder, 'uploads'),
  });

beforeAll(async () => {
  database = await newDatabase({ isMigrated: true });
  mkdirSync(join(database.folder, 'shared/default/default/production'), { recursive: true });
  db = createDatabase(database.url);
  server = await start();
});
afterAll(async () => {
  server?.signal('SIGKILL');
  await server?.ended;
  await db?.destroy();
  await database?.remove();
});

function* csvOf(version: number) {
  yield 'Login,Full Name,E-Mail\n';
  for (let row = 0; row < rows; row += 1000) {
    let text = '';
    for (let index = row; index < Math.min(row + 1000, rows); index++) {
      const key = index + version * replacedRows;
      text += `user${String(key).padStart(9, '0')},version ${version},user${key}@example.com\n`;
    }
    yield text;
  }
}
const writeVersion = (version: number) =>
  pipeline(Readable.from(csvOf(version)), createWriteStream(join(database.folder, 'shared/default/default/production', 'users.csv')));

const fileGroupId = 'c5d6e7f8-0000-4000-8000-000000000001';
const createTestApplication = async () => {
  const { data } = await createApplication({
    client: server.client(),
    body: {
      name: 'Silverlake',
      connector: {
        name: 'Users',
        fileGroups: [
          { id: fileGroupId, name: 'Users', rows: 'users', columns: { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' } },
        ],
      },
      importSchedule: { files: [{ fileGroupId, path: 'users.csv' }] },
    },
  });
  return data?.id as string;
};
const stage = async (applicationId: string) => {
  const { data } = await stageApplicationImport({ client: server.client(), body: { applicationId } });
  return data?.id as string;
};

/** Reads a random page of the records. Returns the versions of its rows and the total number of records. */
async function readPage(id: string): Promise<{ versions: string[]; total: number | undefined }> {
  const after = `user${String(Math.floor(Math.random() * rows)).padStart(9, '0')}`;
  const { data } = await listApplicationRecords({ client: server.client(), path: { id }, query: { rows: 'users', after } });
  return { versions: [...new Set(data?.items.map((item) => item.attributes.name as string))], total: data?.totalCount };
}

const metricsOf = async (id: string) => {
  const { data } = await getApplicationImport({ client: server.client(), path: { id } });
  if (data?.status === 'Failed') throw new Error(`The import failed: ${data.log}`);
  return data?.status === 'Finished' ? data.metrics?.users : undefined;
};

/** Returns the share of rows that the build has written to its unpublished generation; undefined before the generation exists. */
async function progressOf(importId: string): Promise<number | undefined> {
  const generation = await db('generations').where({ application_import_id: importId }).orderBy('id', 'desc').first('id');
  if (!generation) return undefined;
  const [count] = await db('application_records').where({ generation_id: generation.id }).count({ count: '*' });
  return Number(count?.count) / rows;
}

it(`a build of ${rows} rows survives ${rounds} kills: it finishes with exact counts, and no reader sees a partial import (${isMySqlRun ? 'MySQL' : 'embedded'})`, async () => {
  const application = await createTestApplication();
  await writeVersion(0);
  const first = await stage(application);
  await until('the first import', () => metricsOf(first), 120);
  expect(await metricsOf(first)).toEqual({ read: rows, added: rows, changed: 0, removed: 0, unchanged: 0, rejected: 0 });

  let pagesRead = 0;
  for (let round = 1; round <= rounds; round++) {
    await writeVersion(round);
    const importId = await stage(application);
    // The kills are spread from the first row to the comparison after the last row.
    const progress = (round - 1) / Math.max(rounds - 1, 1);
    await until(
      `the build has written a share of ${progress}`,
      async () => {
        const { versions, total } = await readPage(application);
        pagesRead++;
        expect([versions.length <= 1, total]).toEqual([true, rows]);
        return ((await progressOf(importId)) ?? -1) >= progress;
      },
      120,
    );
    // Kills server and worker in odd rounds. In even rounds, the worker stops because its server is gone, while the next server starts.
    if (round % 2 === 1) server.signal('SIGKILL');
    else process.kill(server.pid, 'SIGKILL');
    await server.ended;
    const killedAt = await db('application_imports').where({ id: importId }).first('status');

    server = await start();
    const finished = await until(
      `import ${round} finishes after the kill`,
      async () => {
        const before = await metricsOf(importId);
        const { versions, total } = await readPage(application);
        const after = await metricsOf(importId);
        pagesRead++;
        expect(total).toBe(rows);
        const allowed = [...(before ? [] : [`version ${round - 1}`]), ...(after ? [`version ${round}`] : [])];
        expect(versions.length).toBeLessThanOrEqual(1);
        if (versions[0]) expect(allowed).toContain(versions[0]);
        return after;
      },
      180,
    );
    expect(killedAt.status).toMatch(/Running|Finished/);
    expect(finished).toEqual({
      read: rows,
      added: replacedRows,
      changed: rows - replacedRows,
      removed: replacedRows,
      unchanged: 0,
      rejected: 0,
    });
    const { data } = await getApplication({ client: server.client(), path: { id: application } });
    expect(data?.recordCounts.users).toBe(rows);
  }
  process.stdout.write(
    `${rounds} kills of a build of ${rows} rows on ${isMySqlRun ? 'MySQL' : 'the embedded database'}: all counts exact, ${pagesRead} pages read, none partial\n`,
  );
}, 1_800_000);

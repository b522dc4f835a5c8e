import { afterAll, beforeAll } from 'vitest';
import { type ServerProcess, startProcess } from './process.ts';
import { newDatabase } from './test-database.ts';

/** Two real processes on one database, for the tests of a file; there once these run. */
export function useTwoProcesses(): { one: ServerProcess; two: ServerProcess } {
  const processes = {} as { one: ServerProcess; two: ServerProcess };
  let database: Awaited<ReturnType<typeof newDatabase>>;
  beforeAll(async () => {
    database = await newDatabase();
    const env = { DATABASE_URL: database.url, UPLOAD_DIRECTORY: `${database.folder}/uploads`, SHARED_DIRECTORY: database.folder };
    processes.one = await startProcess(env);
    processes.two = await startProcess(env);
  });
  afterAll(async () => {
    const all = Object.values(processes);
    for (const server of all) server.signal('SIGTERM');
    await Promise.all(all.map(({ ended }) => ended));
    await database?.remove();
  });
  return processes;
}

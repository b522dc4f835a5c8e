import { afterAll, beforeAll } from 'vitest';
import { type ServerProcess, startProcess } from './process.ts';
import { newDatabase, type TestDatabase } from './test-database.ts';

/** Starts two server processes on one database for the tests of a file. The returned object has them as soon as the tests run. */
export function useTwoProcesses(): { first: ServerProcess; second: ServerProcess } {
  const processes = {} as { first: ServerProcess; second: ServerProcess };
  let database: TestDatabase;
  beforeAll(async () => {
    database = await newDatabase();
    const env = { DATABASE_URL: database.url, UPLOAD_DIRECTORY: `${database.folder}/uploads`, SHARED_DIRECTORY: database.folder };
    processes.first = await startProcess(env);
    processes.second = await startProcess(env);
  });
  afterAll(async () => {
    const servers = Object.values(processes);
    for (const server of servers) server.signal('SIGTERM');
    await Promise.all(servers.map(({ ended }) => ended));
    await database?.remove();
  });
  return processes;
}

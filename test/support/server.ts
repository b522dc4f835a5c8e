import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import { type Client, createClient, createConfig } from '../../generated/client/index.ts';
import { buildNextApplicationImport } from '../../server/applications/build/build-application-import.ts';
import { createImportFiles, type ImportFiles } from '../../server/applications/import-files.ts';
import { createLog, type Log } from '../../server/common/process-log.ts';
import type { Db } from '../../server/database/database.ts';
import { type HttpLimits, httpLimits } from '../../server/http/limits.ts';
import { syncIdentities } from '../../server/people/sync-identities.ts';
import type { Config } from '../../server/process/config.ts';
import type { StatFs } from '../../server/process/disk-reserve.ts';
import { startServer } from '../../server/process/start-server.ts';
import { contractFetch } from './contract.ts';
import { expectNoSecrets, recordSearch, secretsIn } from './secrets-search.ts';
import { newDatabase } from './test-database.ts';

/** The place of a file for `share`, as `givenTenant` and `givenApplication` return it. */
interface SharedPlace {
  /** Path of the folder in the shared directory. */
  sharedFolder: string;
  /** Path of a file in the folder. */
  path?: string;
}

export interface TestServer {
  url: string;
  databaseUrl: string;
  db: Db;
  /** The database of the API log. */
  logDb: Db;
  config: Config;
  /** Returns everything that the server has logged. */
  logged: () => string;
  log: Log;
  importFiles: ImportFiles;
  /** The server's time. Tests may change it. */
  clock: { now: Date };
  /** Creates a generated client that checks every response against the contract. Without a secret, it sends no token. */
  client: (secret?: string) => Client;
  /** Writes a file into the shared folder of an environment; by default the first file of an application. */
  share: (place: SharedPlace, content: string | Buffer, path?: string) => void;
  /** Builds all pending imports, one after another. */
  build: () => Promise<void>;
}

/**
 * Starts a server with its own database for the tests of one file; `settings` overrides the configuration, `limits` the
 * limits of connections and bodies, and `statFs` the free space of the disks. Responses to refused calls are not delayed.
 *
 * The server runs in the test's process, without a worker: a test calls `build` when it wants imports to be built. After the tests, database and log
 * are searched for secrets. The returned object has its members as soon as the tests run.
 */
export function useServer(settings: Partial<Config> = {}, limits: Partial<HttpLimits> = {}, statFs?: StatFs): TestServer {
  const server = {} as TestServer;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const { url, folder, remove } = await newDatabase({ isMigrated: true });
    const sharedDirectory = join(folder, 'shared');
    const uploadDirectory = join(folder, 'uploads');
    mkdirSync(sharedDirectory);
    const config: Config = {
      databaseUrl: url,
      port: 0,
      host: '127.0.0.1',
      bootstrapToken: undefined,
      secretKey: Buffer.alloc(32, 7),
      sharedDirectory,
      sharedDirectoryLayout: 'environment-folders',
      sharedFileBytesMax: 1024 ** 3,
      uploadDirectory,
      logLevel: 'trace',
      importConcurrency: 1,
      openImportsMax: 1000,
      tokensMax: 10_000,
      projectsMax: 1000,
      environmentsMax: 100,
      uploadBytesMax: 1024 ** 2,
      importFileRetentionDays: 30,
      apiLogRetentionDays: 90,
      rateLimitPerMinute: 1_000_000,
      failedAuthenticationsPerMinute: 1_000_000,
      trustedProxies: 0,
      unknownCallsPerAddressPerMinute: 1_000_000,
      unknownCallsPerMinute: 1_000_000,
      diskReserveBytes: 0,
      connectionsMax: 2000,
      connectionsPerAddressMax: 512,
      ...settings,
    };
    const lines: string[] = [];
    const log = createLog(
      'trace',
      new Writable({
        write: (chunk, _encoding, done) => {
          lines.push(String(chunk));
          done();
        },
      }),
    );
    const clock = { now: new Date() };
    const running = await startServer(config, log, async () => {}, {
      clock: () => clock.now,
      withWorker: false,
      limits: { ...httpLimits, slowDownMs: 0, ...limits },
      ...(statFs && { statFs }),
    });
    const importFiles = createImportFiles(config);
    Object.assign(server, {
      url: running.url,
      databaseUrl: url,
      db: running.db,
      logDb: running.logDb,
      config,
      logged: () => lines.join(''),
      log,
      importFiles,
      clock,
      client: (secret?: string) =>
        createClient(createConfig({ baseUrl: running.url, fetch: contractFetch, ...(secret !== undefined && { auth: () => secret }) })),
      share: (place, content, path = place.path as string) => {
        const target = join(sharedDirectory, place.sharedFolder, path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, content);
      },
      build: async () => {
        const stop = new AbortController().signal;
        const build = {
          db: running.db,
          importFiles,
          clock: () => clock.now,
          log,
          leaseMs: 30_000,
          renewMs: 0,
          stop,
          syncIdentities,
          diskShortage: () => undefined,
        };
        while (await buildNextApplicationImport(build));
      },
    } satisfies TestServer);
    close = async () => {
      await running.stop();
      await remove();
      recordSearch('log', server.logged().length);
      expectNoSecrets("the server's log", secretsIn(server.logged()));
    };
  });
  afterAll(() => close?.());
  return server;
}

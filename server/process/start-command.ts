import { createLog } from '../common/process-log.ts';
import { createRedaction } from '../common/redaction/redaction.ts';
import type { Db } from '../database/database.ts';
import { bootstrap } from './bootstrap.ts';
import { ConfigError, readConfig } from './config.ts';
import { knownSecrets } from './known-secrets.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { startServer } from './start-server.ts';

const help = `Usage: npm start

Serves the API and builds imports until it is stopped. On an empty database, it creates an administrator token and shows it once.

Settings (environment variables, explained in the README):

  Database    DATABASE_URL, SECRET_KEY, BOOTSTRAP_TOKEN
  Network     HOST, PORT, TRUSTED_PROXIES, CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX
  Files       SHARED_DIRECTORY, SHARED_DIRECTORY_LAYOUT, SHARED_FILE_BYTES_MAX, UPLOAD_DIRECTORY, UPLOAD_BYTES_MAX
  Imports     IMPORT_CONCURRENCY
  Limits      RATE_LIMIT_PER_MINUTE, FAILED_AUTHENTICATIONS_PER_MINUTE, UNKNOWN_CALLS_PER_ADDRESS_PER_MINUTE,
              UNKNOWN_CALLS_PER_MINUTE, DISK_RESERVE_BYTES
  Retention   IMPORT_FILE_RETENTION_DAYS, API_LOG_RETENTION_DAYS
  Log         LOG_LEVEL

Exit status:

  0   stopped, and all accepted requests were completed
  1   could not start, or stopped with requests that were cut off
  2   invalid settings
`;

const firstSteps = (url: string, secret: string) => `
Gatehouse is ready.

  Administrator token   ${secret}
  Contract              ${url}/openapi.yaml
  API reference         ${url}/docs
  Guides                ${url}/docs/guides

The token is shown only once. Try it:

  curl -H "Authorization: Bearer ${secret}" ${url}/api/tokens/current
`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
} else {
  await runUntilStopped(async () => {
    const config = readConfig(process.env);
    const log = createLog(config.logLevel, undefined, createRedaction({ texts: knownSecrets(config) }));
    let secret: string | undefined;
    const createFirstToken = async (db: Db) => {
      secret = await bootstrap(db, new Date(), config.bootstrapToken);
    };
    const server = await startServer(config, log, createFirstToken, { compilesAhead: true });
    log.info({ url: server.url }, 'listening');
    if (secret) process.stdout.write(`${firstSteps(server.url, secret)}\n`);
    return server;
  }, ConfigError);
}

import { isAnyTokenUsed } from '../access/store/tokens.ts';
import { createLog } from '../common/process-log.ts';
import { createRedaction } from '../common/redaction/redaction.ts';
import type { Db } from '../database/database.ts';
import { bootstrap } from './bootstrap.ts';
import { readConfig } from './config.ts';
import { knownSecrets } from './known-secrets.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { readStartArguments } from './start-arguments.ts';
import { type RunningServer, startServer } from './start-server.ts';

const help = `Usage: npm start -- [OPTIONS]

Serves the API and builds imports until it is stopped. On an empty database, it
creates an administrator token and shows it once.

Options:

  --port N         the port (default: PORT, or 8080)
  --host ADDRESS   the address to listen on (default: HOST, or 127.0.0.1)
  --help           shows this text

Settings (environment variables, explained in docs/guides/operating.md):

  Database    DATABASE_URL, SECRET_KEY, BOOTSTRAP_TOKEN
  Network     HOST, PORT, TRUSTED_PROXIES, CONNECTIONS_MAX,
              CONNECTIONS_PER_ADDRESS_MAX
  Files       SHARED_DIRECTORY, SHARED_DIRECTORY_LAYOUT, SHARED_FILE_BYTES_MAX,
              UPLOAD_DIRECTORY, UPLOAD_BYTES_MAX
  Imports     IMPORT_CONCURRENCY, OPEN_IMPORTS_MAX
  Limits      RATE_LIMIT_PER_MINUTE, FAILED_AUTHENTICATIONS_PER_MINUTE,
              UNKNOWN_CALLS_PER_ADDRESS_PER_MINUTE, UNKNOWN_CALLS_PER_MINUTE,
              TOKENS_MAX, PROJECTS_MAX, ENVIRONMENTS_MAX, DISK_RESERVE_BYTES
  Retention   IMPORT_FILE_RETENTION_DAYS, API_LOG_RETENTION_DAYS
  Log         LOG_LEVEL

Exit status:

  0   stopped, and all accepted requests were completed
  1   could not start, or stopped with requests that were cut off
  2   invalid options or settings
`;

const anotherToken = 'npm run token -- create Rescue --administrator';

const firstSteps = (url: string, secret: string) => `
Gatehouse is ready.

  Administrator token   ${secret}
  Contract              ${url}/openapi.yaml
  API reference         ${url}/docs
  Guides                ${url}/docs/guides

The token is shown only once. If it is lost, make another one:

  ${anotherToken}

Try it:

  curl -H "Authorization: Bearer ${secret}" ${url}/api/tokens/current
`;

/** Starts the server. Creates the first token when everything else has succeeded, because the token is shown only by the start that creates it. */
async function start(): Promise<RunningServer | undefined> {
  const { isHelp, settings } = readStartArguments('npm start', process.argv.slice(2), process.env);
  if (isHelp) return void process.stdout.write(help);
  const config = readConfig({ ...process.env, ...settings });
  const log = createLog(config.logLevel, undefined, createRedaction({ texts: knownSecrets(config) }));
  let secret: string | undefined;
  let mayBeLost = false;
  const createFirstToken = async (db: Db) => {
    secret = await bootstrap(db, new Date(), config.bootstrapToken);
    mayBeLost = !secret && !config.bootstrapToken && !(await isAnyTokenUsed(db));
  };
  const server = await startServer(config, log, createFirstToken, { compilesAhead: true });
  log.info({ url: server.url }, 'listening');
  if (secret) process.stdout.write(`${firstSteps(server.url, secret)}\n`);
  if (mayBeLost) log.warn(`no token has been used yet; if the administrator token of the first start is lost, run "${anotherToken}"`);
  return server;
}

await runUntilStopped(start);

import { createLog } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { bootstrap } from './bootstrap.ts';
import { ConfigError, readConfig } from './config.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { startServer } from './start-server.ts';

const help = `Usage: npm start

Serves the API, and builds imports, until it is stopped. On an empty database it makes an administrator token and shows it once.

Settings (environment): DATABASE_URL, PORT, HOST, SECRET_KEY, BOOTSTRAP_TOKEN, SHARED_DIRECTORY, UPLOAD_DIRECTORY, UPLOAD_BYTES_MAX,
LOG_LEVEL, IMPORT_CONCURRENCY, IMPORT_FILE_RETENTION_DAYS, API_LOG_RETENTION_DAYS, RATE_LIMIT_PER_MINUTE, FAILED_AUTHENTICATIONS_PER_MINUTE,
TRUSTED_PROXIES. The README says what each means.

Exit status: 0 stopped in order, 1 could not start or had to cut answers off, 2 wrong settings.
`;

const firstSteps = (url: string, secret: string) => `
Gatehouse is ready. This is the administrator's token; it is shown this once:

  ${secret}

Try it:

  curl -H "Authorization: Bearer ${secret}" ${url}/api/tokens/current

The contract is at ${url}/openapi.yaml
`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
} else {
  await runUntilStopped(async () => {
    const config = readConfig(process.env);
    const log = createLog(config.logLevel);
    let secret: string | undefined;
    const makeToken = async (db: Db) => {
      secret = await bootstrap(db, new Date(), config.bootstrapToken);
    };
    const running = await startServer(config, log, makeToken, { compilesAhead: true });
    log.info({ url: running.url }, 'listening');
    if (secret) process.stdout.write(`${firstSteps(running.url, secret)}\n`);
    return running;
  }, ConfigError);
}

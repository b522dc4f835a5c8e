import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImportFiles } from '../applications/import-files.ts';
import { createLog } from '../common/process-log.ts';
import { readConfig } from '../process/config.ts';
import { runUntilStopped } from '../process/run-until-stopped.ts';
import { readStartArguments } from '../process/start-arguments.ts';
import { type RunningServer, startServer } from '../process/start-server.ts';
import { firstSteps } from './first-steps.ts';
import { copySampleFiles } from './sample-files.ts';
import { seed } from './seed.ts';
import { secretKey } from './seed-tokens.ts';

const help = `Usage: npm run sandbox -- [OPTIONS]

Serves the API on an in-memory database that contains the contract's examples,
and builds imports of sample files. Every start begins with the same data;
changes are lost at the end.

Options:

  --port N         the port (default: PORT, or 8080)
  --host ADDRESS   the address to listen on (default: HOST, or 127.0.0.1)
  --help           shows this text

Settings (environment variables):

  PORT, HOST                          the same as the options
  LOG_LEVEL                           warn; info logs every call
  RATE_LIMIT_PER_MINUTE               requests of one token
  FAILED_AUTHENTICATIONS_PER_MINUTE   of one address; 0, the default, sets no
                                      limit

Exit status:

  0   stopped
  1   could not start, or stopped with requests that were cut off
  2   invalid options or settings
`;

async function start(): Promise<RunningServer | undefined> {
  const { isHelp, settings } = readStartArguments('npm run sandbox', process.argv.slice(2), process.env);
  if (isHelp) return void process.stdout.write(help);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const config = {
    // A conformance run sends hundreds of invalid tokens.
    ...readConfig({ LOG_LEVEL: 'warn', FAILED_AUTHENTICATIONS_PER_MINUTE: '0', ...process.env, ...settings }),
    databaseUrl: 'sqlite::memory:',
    secretKey,
    sharedDirectory: join(folder, 'shared'),
    sharedDirectoryLayout: 'environment-folders' as const,
    uploadDirectory: join(folder, 'uploads'),
    // The seeded call has the old date of the contract's example, and the default retention would delete it.
    apiLogRetentionDays: 36_500,
  };
  copySampleFiles(config.sharedDirectory);
  const log = createLog(config.logLevel);
  const running = await startServer(config, log, (db, logDb) => seed(db, logDb, createImportFiles(config), log));
  process.stdout.write(firstSteps(running.url));
  return running;
}

await runUntilStopped(start);

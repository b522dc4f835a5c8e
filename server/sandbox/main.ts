import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImportFiles } from '../applications/import-files.ts';
import { createLog } from '../common/process-log.ts';
import { ConfigError, readConfig } from '../process/config.ts';
import { runUntilStopped } from '../process/run-until-stopped.ts';
import { startServer } from '../process/start-server.ts';
import { firstSteps } from './first-steps.ts';
import { copySampleFiles } from './sample-files.ts';
import { seed } from './seed.ts';
import { secretKey } from './seed-tokens.ts';

const help = `Usage: npm run sandbox

Serves the API on an in-memory database that contains the contract's examples, and builds imports of sample files. Every start begins with the
same data; changes are lost at the end. PORT (8080), HOST (127.0.0.1), LOG_LEVEL (warn), RATE_LIMIT_PER_MINUTE and FAILED_AUTHENTICATIONS_PER_MINUTE (0) are read from the environment.
`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
} else {
  await runUntilStopped(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const config = {
      // A conformance run sends hundreds of invalid tokens.
      ...readConfig({ LOG_LEVEL: 'warn', FAILED_AUTHENTICATIONS_PER_MINUTE: '0', ...process.env }),
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
  }, ConfigError);
}

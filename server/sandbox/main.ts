import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createImportFiles } from '../applications/import-files.ts';
import { createLog } from '../common/process-log.ts';
import { ConfigError, readConfig } from '../process/config.ts';
import { runUntilStopped } from '../process/run-until-stopped.ts';
import { startServer } from '../process/start-server.ts';
import { ids, seed } from './seed.ts';
import { events, people } from './seed-people.ts';
import { accessKeyId, secretKey, secrets } from './seed-tokens.ts';

const help = `Usage: npm run sandbox

Serves the API on an in-memory database filled with the contract's examples, and builds imports of sample files. Every start is the same, nothing is
kept. PORT (8080), HOST (127.0.0.1), LOG_LEVEL (warn), RATE_LIMIT_PER_MINUTE and FAILED_AUTHENTICATIONS_PER_MINUTE (0) are read from the environment.
`;

const samples = fileURLToPath(new URL('./files', import.meta.url));

const firstSteps = (url: string) => `
The Gatehouse sandbox is ready at ${url}. Its tokens:

  Administrator  ${secrets.administrator}
  Write          ${secrets.write}
  Read           ${secrets.read}
  expired        ${secrets.expired}

Its access key is ${accessKeyId}, with the secret ${secrets.accessKey}.

Stage an import of a CSV file, see it finished with its metrics and its log, and list it:

  AUTH="Authorization: Bearer ${secrets.write}"
  ID=$(curl -s -X POST ${url}/api/application-imports/stage -H "$AUTH" -H "Content-Type: application/json" \\
    -d '{"applicationId": "${ids.silverlake}"}' | cut -d '"' -f 4)
  sleep 1; curl -s ${url}/api/application-imports/$ID -H "$AUTH"
  curl -s ${url}/api/application-imports -H "$AUTH"

Upload two files of your own, or these:

  curl -s ${url}/api/application-imports/upload -H "$AUTH" -F applicationId=${ids.branch} \\
    -F ${ids.branchEmployees}=@server/sandbox/files/branch/employees.csv \\
    -F ${ids.branchPrivileges}=@server/sandbox/files/branch/privileges.csv

Find a person, see what is reported about her, approve that she leaves, and see what is to be done:

  curl -s "${url}/api/identities?search=chen" -H "$AUTH"
  curl -s "${url}/api/personnel-events?identityId=${people.sarah}" -H "$AUTH"
  curl -s -X POST ${url}/api/personnel-events/${events.offboard}/stages/Approval/complete -H "$AUTH"
  curl -s "${url}/api/access-requests?personnelEventId=${events.offboard}" -H "$AUTH"

Users and tenants:

  curl -s ${url}/v2/facts/default/production/users -H "$AUTH"
  curl -s ${url}/v2/facts/default/production/tenants -H "$AUTH"

An access token for the access key, whose secret stays here:

  CONTENT="$(date +%s).$(openssl rand -hex 16)"
  HASH=$(printf %s "$CONTENT" | openssl dgst -sha256 -hmac ${secrets.accessKey} | sed 's/.* //')
  curl -s ${url}/api/v2/auth/client_token -H "Content-Type: application/json" -H "x-key: ${accessKeyId}" -H "x-hash: $HASH" \\
    -d "{\\"scope\\": \\"gatehouse_api\\", \\"content\\": \\"$CONTENT\\"}"

The contract is at ${url}/openapi.yaml; Ctrl+C stops the sandbox.

`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
} else {
  await runUntilStopped(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const config = {
      // A conformance run sends bad tokens by the hundred.
      ...readConfig({ LOG_LEVEL: 'warn', FAILED_AUTHENTICATIONS_PER_MINUTE: '0', ...process.env }),
      databaseUrl: 'sqlite::memory:',
      secretKey,
      sharedDirectory: join(folder, 'shared'),
      uploadDirectory: join(folder, 'uploads'),
      // The call of the contract's example is of long ago.
      apiLogRetentionDays: 36_500,
    };
    cpSync(samples, config.sharedDirectory, { recursive: true });
    const log = createLog(config.logLevel);
    const running = await startServer(config, log, (db, logDb) => seed(db, logDb, createImportFiles(config), log));
    process.stdout.write(firstSteps(running.url));
    return running;
  }, ConfigError);
}

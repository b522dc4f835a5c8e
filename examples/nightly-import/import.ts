import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Application, createClient, type GatehouseClient, ImportFailedError, isGatehouseError } from '../../client/index.ts';
import { fileFromPath } from '../../client/node.ts';

const help = `Usage: node examples/nightly-import/import.ts [FILE]

Imports an HR export (CSV) as the identities of one application. Creates the
application on the first run. Without FILE, imports the sample.

  GATEHOUSE_URL          address of the server (required)
  GATEHOUSE_TOKEN        token with the access level Write (required)
  GATEHOUSE_APPLICATION  name of the application (default: HR export)

Exit status: 0 finished, 1 failed, 2 wrong usage or settings.
`;
const rejectedShownMax = 20;
const waitMs = 60 * 60 * 1000;

/** Field of an identity: column of the file. */
const columns = {
  key: 'Employee No',
  firstName: 'First Name',
  lastName: 'Last Name',
  emailAddress: 'E-Mail',
  title: 'Job Title',
  department: 'Department',
  supervisorKey: 'Manager',
  status: 'State',
};

class UsageError extends Error {}

function setting(name: string, fallback?: string): string {
  const value = process.env[name] || fallback;
  if (!value) throw new UsageError(`${name} is not set; --help lists the settings`);
  return value;
}

/** Two jobs that start at once get the same application, because both send the same Idempotency-Key. */
async function findOrCreateApplication(client: GatehouseClient, name: string): Promise<Application> {
  for await (const { id, ...found } of client.pages.listApplications())
    if (found.name === name && !found.isArchived) return client.getApplication({ path: { id } });
  const fileGroups = [{ name: 'Employees', rows: 'identities' as const, columns }];
  // The limit stops a truncated export before it removes most employees.
  const body = { name, changeLimitPercent: 25, connector: { name: 'HR export', fileGroups } };
  return client.createApplication({ body, idempotencyKey: `nightly-import-${hash('sha256', name)}` });
}

function rejectedRows(log: string | null): string {
  const lines = (log ?? '').split('\n').filter((line) => / line \d+ rejected: /.test(line));
  const more = lines.length > rejectedShownMax ? [`… and ${lines.length - rejectedShownMax} more in the import's log`] : [];
  return [...lines.slice(0, rejectedShownMax), ...more].map((line) => `  ${line}\n`).join('');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });
  if (values.help) return void process.stdout.write(help);
  if (positionals.length > 1) throw new UsageError('Give one file; --help shows the usage');
  const client = createClient({ baseUrl: setting('GATEHOUSE_URL'), token: setting('GATEHOUSE_TOKEN') });
  const path = positionals[0] ?? fileURLToPath(new URL('hr-export.csv', import.meta.url));
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`There is no file ${path}`);

  const application = await findOrCreateApplication(client, setting('GATEHOUSE_APPLICATION', 'HR export'));
  const group = application.connector?.fileGroups.find(({ rows }) => rows === 'identities');
  if (!group) throw new UsageError(`The connector of ${application.name} has no file group for identities`);
  const body = { applicationId: application.id, [group.id]: await fileFromPath(path) };
  const { id } = await client.uploadApplicationImport({ body });
  const { number, status, metrics, log } = await client.waitForImport(id, { timeoutMs: waitMs });
  const counts = Object.entries(metrics?.identities ?? {}).map(([name, count]) => `${count} ${name}`);
  process.stdout.write(`${application.name}: import ${number} is ${status}\n${counts.join(', ')}\n${rejectedRows(log)}`);
}

await main().catch((error) => {
  const isUsage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
  if (!isGatehouseError(error) && !isUsage) throw error;
  const id = isGatehouseError(error) && error.correlationId ? ` (correlation id ${error.correlationId})` : '';
  process.stderr.write(`${error.message}${id}\n${error instanceof ImportFailedError ? rejectedRows(error.import.log) : ''}`);
  process.exitCode = isUsage ? 2 : 1;
});

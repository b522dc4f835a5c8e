import { parseArgs } from 'node:util';
import { createClient, isGatehouseError, isValidationError, type LoggedCall } from '../../client/index.ts';
import { csvOf, tableOf } from './format.ts';

const help = `Usage: node examples/audit-report/report.ts [--from WHEN] [--until WHEN] [--csv]

Reports the calls of each actor from the API log. WHEN is a date (midnight UTC)
or an instant such as 2026-02-20T08:00:00Z.

  --from WHEN    first instant of the period (default: 24 hours ago)
  --until WHEN   end of the period, excluded (default: now)
  --csv          print CSV instead of a table

  GATEHOUSE_URL    address of the server (required)
  GATEHOUSE_TOKEN  token that may read the API log (required): access level
                   Administrator, scope organization

Exit status: 0 printed, 1 failed, 2 wrong usage or settings.
`;
const dayMs = 24 * 60 * 60 * 1000;
const titles = ['Actor', 'Kind', 'Calls', 'Refused', 'Changes', 'Last call'];

class UsageError extends Error {}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new UsageError(`${name} is not set; --help lists the settings`);
  return value;
}

const instantOf = (when: string) => (/^\d{4}-\d\d-\d\d$/.test(when) ? `${when}T00:00:00Z` : when);

interface Sums {
  actor: string;
  kind: string;
  calls: number;
  refused: number;
  changes: number;
  lastCall: string;
}

/** Calls arrive newest first, so the first one of an actor is its last call. */
async function sumByActor(calls: AsyncIterable<LoggedCall>): Promise<Sums[]> {
  const byId = new Map<string, Sums>();
  for await (const { actor, method, status, success, time } of calls) {
    const id = actor?.id ?? '';
    const first = { actor: actor?.name ?? '(unauthenticated)', kind: actor?.kind ?? '', calls: 0, refused: 0, changes: 0, lastCall: time };
    const sums = byId.get(id) ?? first;
    byId.set(id, sums);
    sums.calls++;
    if (status === 401 || status === 403) sums.refused++;
    if (success && method !== 'GET' && method !== 'HEAD') sums.changes++;
  }
  return [...byId.values()].sort((one, other) => other.calls - one.calls || one.actor.localeCompare(other.actor));
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { from, until, csv, help: isHelp } = parseArgs({ options: { from: text, until: text, csv: flag, help: flag } }).values;
  if (isHelp) return void process.stdout.write(help);
  const client = createClient({ baseUrl: setting('GATEHOUSE_URL'), token: setting('GATEHOUSE_TOKEN') });
  const now = Date.now();
  const period = { from: instantOf(from ?? new Date(now - dayMs).toISOString()), until: instantOf(until ?? new Date(now).toISOString()) };
  const sums = await sumByActor(client.pages.listLogs({ query: { ...period, limit: 100 } }));
  const rows = [titles, ...sums.map((row) => Object.values(row).map(String))];
  process.stdout.write(csv ? `${csvOf(rows)}\n` : `Calls from ${period.from} until ${period.until}\n\n${tableOf(rows)}\n`);
}

await main().catch((error) => {
  const isUsage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
  if (!isGatehouseError(error) && !isUsage) throw error;
  const id = isGatehouseError(error) && error.correlationId ? ` (correlation id ${error.correlationId})` : '';
  process.stderr.write(`${error.message}${id}\n`);
  process.exitCode = isUsage || isValidationError(error) ? 2 : 1;
});

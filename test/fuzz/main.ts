import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onEachDatabase } from '../../bench/databases.ts';
import { reportText } from './report-text.ts';
import { concurrency, memoryGrowthMax, operationsMinOf, runFuzz, stallMsMax, successShareMin, targetsMissedBy } from './run-fuzz.ts';

const help = `Usage: npm run fuzz -- [OPTIONS]

Attacks the server with requests that are made from openapi.yaml and then
broken. Checks that no response has a status from 500, that every response is as
the contract says, that no request holds up others for ${stallMsMax} ms, and that memory
returns to within ${Math.round((memoryGrowthMax - 1) * 100)} % of its start. At least ${successShareMin * 100} % of the responses and ${operationsMinOf(20_000)}
operations must be successful, because requests that are all refused early would
find little.

Options:

  --requests N        requests on each database (200000)
  --seed N            which requests are sent (1)
  --database NAMES    embedded, mysql or both (embedded,mysql)
  --help              shows this text

A request follows from the seed and its number, which a failure names. Ids in
requests are those that the server has returned in earlier hundreds of requests;
new items get new ids in each run. ${concurrency} requests run at the same time, so a
failure that depends on their order may not come back.

Exit status: 0 nothing found, 1 something found, 2 wrong arguments.
`;

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '200000' },
      seed: { type: 'string', default: '1' },
      database: { type: 'string', default: 'embedded,mysql' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fuzz-'));
  let found = false;
  try {
    await onEachDatabase(values.database, folder, async (kind) => {
      const report = await runFuzz({
        databaseUrl: await kind.create('fuzz'),
        folder,
        seed: Number(values.seed),
        requests: Number(values.requests),
        onProgress: (sent) =>
          process.stderr.isTTY && process.stderr.write(`\r\x1b[K${kind.name}: ${sent.toLocaleString('en-US')} requests`),
      });
      process.stdout.write(`\n${kind.name}, seed ${values.seed}\n${reportText(report)}`);
      const missed = targetsMissedBy(report);
      if (missed.length > 0) process.stdout.write(`targets missed  ${missed.join(', ')}\n`);
      found ||= report.failures.length + missed.length > 0;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found ? 1 : 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  const isUsage =
    String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS') || /is unknown or not installed/.test((error as Error).message);
  process.exitCode = isUsage ? 2 : 1;
  process.stderr.write(`${(error as Error).message}\n${isUsage ? '\nnpm run fuzz -- --help shows all options.\n' : ''}`);
}

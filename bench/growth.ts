import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { caseBuilders } from './cases.ts';
import { type DatabaseKind, onEachDatabase } from './databases.ts';
import { fillImports, type SeededData } from './fill-imports.ts';
import { fillLog, fillTokens } from './fill-rows.ts';
import { type Case, measureRate, median } from './load.ts';
import { coreLists, pinToCores, startServer } from './server-process.ts';

const help = `Usage: npm run bench:growth -- [OPTIONS]

Measures whether a read of one import gets slower as the server grows. Each
series varies one number:

  contract   operations of the contract
  tokens     tokens in the database
  log        calls in the API log

Prints the median number of requests a second at each point, the median ratio of
the time for a request to the first point of the series, and the lowest and
highest ratio of a process.

Options:

  --database NAMES    embedded, mysql or both (embedded,mysql)
  --series NAMES      series (contract,tokens,log)
  --rows N            tokens and calls at the last point (1000000)
  --connections N     connections (32)
  --processes N       processes for each point, one after another (3)
  --rounds N          measurements for each process, in turn (5)
  --seconds N         duration of each measurement (1)
  --help              shows this text
`;

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'embedded,mysql' },
    series: { type: 'string', default: 'contract,tokens,log' },
    rows: { type: 'string', default: '1000000' },
    connections: { type: 'string', default: '32' },
    processes: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    help: { type: 'boolean' },
  },
});
const rows = Number(values.rows);
const warmUpSeconds = 8;
const imports = 200;
/** Tokens that send the load, in all series. With the administrator's token, they are the 10 tokens of the first point. */
const callerTokens = 9;
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

interface Series {
  title: string;
  points: number[];
  /** Inserts the rows of a point, before its server starts. */
  fill?: (databaseUrl: string, point: number) => Promise<void>;
  /** The program to start instead of `npm start`. */
  programOf?: (point: number) => string[];
}
const series: Record<string, Series> = {
  contract: { title: 'operations', points: [25, 100, 300], programOf: (point) => ['subjects/resized-contract.ts', String(point)] },
  tokens: {
    title: 'tokens',
    points: [10, 10_000, rows],
    fill: (databaseUrl, point) => fillTokens(databaseUrl, point - callerTokens - 1),
  },
  log: { title: 'rows in the API log', points: [0, rows], fill: fillLog },
};

interface Point {
  databaseUrl: string;
  testCase: Case;
  program: string[] | undefined;
  /** Requests a second, by process and round. */
  rates: number[][];
}

async function createPoint(kind: DatabaseKind, { fill, programOf }: Series, point: number): Promise<Point> {
  progress(`${kind.name}: filling ${point.toLocaleString('en-US')}`);
  const databaseUrl = await kind.create('growth');
  await (await startServer(databaseUrl, folder)).stop();
  const filled = await fillImports(databaseUrl, imports, callerTokens);
  await fill?.(databaseUrl, point);
  return { databaseUrl, testCase: (caseBuilders.get as (filled: SeededData) => Case)(filled), program: programOf?.(point), rates: [] };
}

/** Starts a process for each point and measures them in turn. */
async function measurePoints(points: Point[]): Promise<void> {
  const started: Awaited<ReturnType<typeof startServer>>[] = [];
  for (const { databaseUrl, program } of points)
    started.push(await startServer(databaseUrl, folder, { isPinned: true, ...(program && { program }) }));
  const measure = (index: number, seconds: number) =>
    measureRate(started[index]?.url as string, (points[index] as Point).testCase, Number(values.connections), seconds);
  for (const index of points.keys()) await measure(index, warmUpSeconds);
  for (const { rates } of points) rates.push([]);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const offset of points.keys()) {
      const index = (round + offset) % points.length;
      points[index]?.rates.at(-1)?.push(await measure(index, Number(values.seconds)));
    }
  for (const { stop } of started) await stop();
}

async function measureSeries(kind: DatabaseKind, series: Series): Promise<void> {
  const points: Point[] = [];
  for (const size of series.points) points.push(await createPoint(kind, series, size));
  for (let process = 1; process <= Number(values.processes); process++) {
    progress(`${kind.name}: ${series.title}, processes ${process} of ${values.processes}`);
    await measurePoints(points);
  }
  progress('');
  const headings = ['requests/s', 'ratio of time', 'by process'].map((heading) => heading.padStart(20)).join('');
  out(`\n${`${kind.name}, ${series.title}`.padEnd(32)}${headings}`);
  const first = points[0] as Point;
  for (const [index, { rates }] of points.entries()) {
    const ratios = rates.map((processRates, process) =>
      processRates.map((rate, round) => (first.rates[process]?.[round] as number) / rate),
    );
    const processRatios = ratios.map(median).toSorted((one, other) => one - other);
    const range = `${processRatios[0]?.toFixed(2)} to ${processRatios.at(-1)?.toFixed(2)}`;
    const rate = Math.round(median(rates.flat())).toLocaleString('en-US');
    const cells = [rate, median(ratios.flat()).toFixed(2), range].map((cell) => cell.padStart(20)).join('');
    out(`${(series.points[index] as number).toLocaleString('en-US').padEnd(32)}${cells}`);
  }
}

async function main() {
  const names = values.series.split(',');
  const unknown = names.find((name) => !series[name]);
  if (unknown !== undefined) throw new Error(`Unknown series ${unknown}; use ${Object.keys(series).join(', ')}`);
  out(
    `get import, ${values.connections} connections, ${values.processes} processes, ${values.rounds} measurements of ${values.seconds} s each, in turn`,
  );
  await onEachDatabase(values.database, folder, async (kind) => {
    for (const name of names) await measureSeries(kind, series[name] as Series);
  });
}

if (values.help) process.stdout.write(help);
else
  try {
    pinToCores(process.pid, coreLists.load);
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

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

const help = `Usage: npm run bench:growth -- [--database embedded,mysql] [--series contract,tokens,log] [--rows 1000000] [--connections 32] [--processes 3] [--rounds 5] [--seconds 1]

Asks servers for one import, which differ in one thing only: how many operations the contract has, how many tokens there are, how many calls are in the
API log when the server starts. Prints medians of requests a second, and how the time that a request takes at each point compares to the first: the median of
what it was in each round, because servers are asked in turn, and the least and the most of any of the processes that a point had one after another.
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
const warmSeconds = 8;
const imports = 200;
/** Who asks, in all series: with the administrator's, as many as the fewest tokens that there may be. */
const callers = 9;
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

interface Series {
  title: string;
  points: number[];
  /** Makes a database's point what it is, before its server starts. */
  fill?: (databaseUrl: string, point: number) => Promise<void>;
  /** What is started, if not `npm start`. */
  programOf?: (point: number) => string[];
}
const series: Record<string, Series> = {
  contract: { title: 'operations', points: [25, 100, 300], programOf: (point) => ['subjects/resized-contract.ts', String(point)] },
  tokens: {
    title: 'tokens',
    points: [10, 10_000, rows],
    fill: (databaseUrl, point) => fillTokens(databaseUrl, point - callers - 1),
  },
  log: { title: 'rows in the API log', points: [0, rows], fill: fillLog },
};

interface Point {
  databaseUrl: string;
  asked: Case;
  program: string[] | undefined;
  /** By process, by round. */
  rates: number[][];
}

async function pointOf(kind: DatabaseKind, { fill, programOf }: Series, point: number): Promise<Point> {
  progress(`${kind.name}: filling ${point.toLocaleString('en-US')}`);
  const databaseUrl = await kind.create('growth');
  await (await startServer(databaseUrl, folder)).stop();
  const filled = await fillImports(databaseUrl, imports, callers);
  await fill?.(databaseUrl, point);
  return { databaseUrl, asked: (caseBuilders.get as (filled: SeededData) => Case)(filled), program: programOf?.(point), rates: [] };
}

/** Starts a process for each point, and asks them in turn. */
async function askAll(points: Point[]): Promise<void> {
  const started: Awaited<ReturnType<typeof startServer>>[] = [];
  for (const { databaseUrl, program } of points)
    started.push(await startServer(databaseUrl, folder, { isPinned: true, ...(program && { program }) }));
  const ask = (index: number, seconds: number) =>
    measureRate(started[index]?.url as string, (points[index] as Point).asked, Number(values.connections), seconds);
  for (const index of points.keys()) await ask(index, warmSeconds);
  for (const { rates } of points) rates.push([]);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const offset of points.keys()) {
      const index = (round + offset) % points.length;
      points[index]?.rates.at(-1)?.push(await ask(index, Number(values.seconds)));
    }
  for (const { stop } of started) await stop();
}

async function measure(kind: DatabaseKind, series: Series): Promise<void> {
  const points: Point[] = [];
  for (const size of series.points) points.push(await pointOf(kind, series, size));
  for (let process = 1; process <= Number(values.processes); process++) {
    progress(`${kind.name}: ${series.title}, processes ${process} of ${values.processes}`);
    await askAll(points);
  }
  progress('');
  const heads = ['requests/s', 'time of the first', 'of processes'].map((head) => head.padStart(20)).join('');
  out(`\n${`${kind.name}, ${series.title}`.padEnd(32)}${heads}`);
  const first = points[0] as Point;
  for (const [index, { rates }] of points.entries()) {
    const ratios = rates.map((ofProcess, process) => ofProcess.map((rate, round) => (first.rates[process]?.[round] as number) / rate));
    const ofProcesses = ratios.map(median).toSorted((one, other) => one - other);
    const range = `${ofProcesses[0]?.toFixed(2)} to ${ofProcesses.at(-1)?.toFixed(2)}`;
    const rate = Math.round(median(rates.flat())).toLocaleString('en-US');
    const cells = [rate, median(ratios.flat()).toFixed(2), range].map((cell) => cell.padStart(20)).join('');
    out(`${(series.points[index] as number).toLocaleString('en-US').padEnd(32)}${cells}`);
  }
}

async function main() {
  const names = values.series.split(',');
  const unknown = names.find((name) => !series[name]);
  if (unknown !== undefined) throw new Error(`There is no series ${unknown}; there are ${Object.keys(series).join(', ')}`);
  out(
    `get import, ${values.connections} connections, ${values.processes} processes, ${values.rounds} rounds in turn of ${values.seconds} s each`,
  );
  await onEachDatabase(values.database, folder, async (kind) => {
    for (const name of names) await measure(kind, series[name] as Series);
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

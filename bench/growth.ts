import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DatabaseKind, onEachDatabase } from './databases.ts';
import { fillImports } from './fill-imports.ts';
import { fillLog, fillTokens } from './fill-rows.ts';
import { load, median } from './load.ts';
import { pin, places, startServer } from './server-process.ts';

const help = `Usage: npm run bench:growth -- [--database embedded,mysql] [--series contract,tokens,log] [--rows 1000000] [--connections 32] [--rounds 15] [--seconds 1]

Asks servers for one import, which differ in one thing only: how many operations the contract has, how many tokens there are, how many calls are in the
API log. Prints medians of requests a second, and how the time that a request takes at each point compares to the first: the median of what it was
in each round, because servers are asked in turn.
`;

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'embedded,mysql' },
    series: { type: 'string', default: 'contract,tokens,log' },
    rows: { type: 'string', default: '1000000' },
    connections: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1' },
    help: { type: 'boolean' },
  },
});
const rows = Number(values.rows);
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
  contract: { title: 'operations', points: [25, 100, 300], programOf: (point) => ['subjects/grown.ts', String(point)] },
  // The first token is the administrator's.
  tokens: { title: 'tokens', points: [10, 10_000, rows], fill: (databaseUrl, point) => fillTokens(databaseUrl, point - 1) },
  log: { title: 'rows in the API log', points: [0, rows], fill: fillLog },
};

interface Point {
  url: string;
  path: string;
  stop: () => Promise<void>;
  rates: number[];
}

async function pointOf(kind: DatabaseKind, { fill, programOf }: Series, point: number): Promise<Point> {
  const databaseUrl = await kind.create('growth');
  await (await startServer(databaseUrl, folder)).stop();
  const { importId } = await fillImports(databaseUrl, 200);
  progress(`${kind.name}: filling ${point.toLocaleString('en-US')}`);
  await fill?.(databaseUrl, point);
  const program = programOf?.(point);
  const { url, stop } = await startServer(databaseUrl, folder, { isPinned: true, ...(program && { program }) });
  return { url, stop, path: `/api/application-imports/${importId}`, rates: [] };
}

async function measure(kind: DatabaseKind, { title, points: sizes, ...rest }: Series): Promise<void> {
  const points: Point[] = [];
  for (const size of sizes) points.push(await pointOf(kind, { title, points: sizes, ...rest }, size));
  const ask = ({ url, path }: Point, seconds: number) =>
    load(url, { name: 'get import', method: 'GET', path, status: 200 }, Number(values.connections), seconds);
  for (const point of points) await ask(point, 5);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [index, point] of points.entries()) {
      progress(`${kind.name}: ${title}, round ${round + 1} of ${values.rounds}, point ${index + 1}`);
      point.rates.push((await ask(point, Number(values.seconds))).perSecond);
    }
  progress('');
  out(`\n${`${kind.name}, ${title}`.padEnd(32)}${'requests/s'.padStart(12)}${'time of the first'.padStart(20)}`);
  const first = points[0] as Point;
  for (const [index, { rates }] of points.entries()) {
    const ratio = median(rates.map((rate, round) => (first.rates[round] as number) / rate));
    const size = (sizes[index] as number).toLocaleString('en-US');
    out(`${size.padEnd(32)}${Math.round(median(rates)).toLocaleString('en-US').padStart(12)}${ratio.toFixed(2).padStart(20)}`);
  }
  for (const { stop } of points) await stop();
}

async function main() {
  const names = values.series.split(',');
  const unknown = names.find((name) => !series[name]);
  if (unknown !== undefined) throw new Error(`There is no series ${unknown}; there are ${Object.keys(series).join(', ')}`);
  out(`get import, ${values.connections} connections, ${values.rounds} rounds in turn of ${values.seconds} s each`);
  await onEachDatabase(values.database, folder, async (kind) => {
    for (const name of names) await measure(kind, series[name] as Series);
  });
}

if (values.help) process.stdout.write(help);
else
  try {
    pin(process.pid, places.load);
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { caseBuilders } from './cases.ts';
import { type DatabaseKind, onEachDatabase } from './databases.ts';
import { fillImports, type SeededData } from './fill-imports.ts';
import { type Case, measureRate, median, requestOf } from './load.ts';
import { expectSameResponses } from './same-responses.ts';
import { coreLists, type Program, pinToCores, startServer, startSubject } from './server-process.ts';

const help = `Usage: npm run bench -- [OPTIONS]

Compares the throughput of Gatehouse with three servers that do the same work:

  fastify   Fastify with fastify-openapi-glue
  koa       Koa with openapi-backend, as its README shows
  bare      node:http without a framework

Gatehouse runs as in production and stores every call in its API log; the others
log nothing. The servers share one core and are measured in turn. The load comes
from the other cores and uses 100 tokens and 200 different rows. Prints the
median number of requests a second, and the ratios to Fastify (or to the first
server, if Fastify is not selected). Compare only ratios between machines.

Options:

  --database NAMES      embedded, mysql or both (embedded,mysql)
  --case NAMES          cases (get,list,create,401,400)
  --connections N,N     numbers of connections (1,32,256)
  --subject NAMES       servers (ours,fastify,koa,bare)
  --rounds N            measurements for each number (3)
  --seconds N           duration of each measurement (2)
  --help                shows this text
`;

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'embedded,mysql' },
    case: { type: 'string', default: 'get,list,create,401,400' },
    connections: { type: 'string', default: '1,32,256' },
    subject: { type: 'string', default: 'ours,fastify,koa,bare' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    help: { type: 'boolean' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const warmUpSeconds = 10;
const imports = 200;
const caseNames = values.case.split(',');
type Subject = 'ours' | 'fastify' | 'koa' | 'bare';
const subjects = values.subject.split(',') as Subject[];
/** The server that the others are compared with. */
const base = subjects.includes('fastify') ? 'fastify' : (subjects[0] as Subject);
const titles: Record<Subject, string> = { ours: 'Gatehouse', fastify: 'Fastify', koa: 'Koa, README', bare: 'node:http' };

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

const start = (subject: Subject, databaseUrl: string, isPinned: boolean): Promise<Program> =>
  subject === 'ours' ? startServer(databaseUrl, folder, { isPinned }) : startSubject(subject, databaseUrl, { isPinned });

interface Prepared {
  program: Program;
  filled: SeededData;
  databaseUrl: string;
  /** The cases by name. */
  cases: Record<string, Case>;
}

/** Starts each server on its own database, so that the rows that one server writes do not slow another. */
async function prepare(kind: DatabaseKind): Promise<Map<Subject, Prepared>> {
  const prepared = new Map();
  for (const subject of subjects) {
    const databaseUrl = await kind.create(subject);
    await (await startServer(databaseUrl, folder)).stop();
    const filled = await fillImports(databaseUrl, imports);
    const cases = Object.fromEntries(caseNames.map((name) => [name, (caseBuilders[name] as (filled: SeededData) => Case)(filled)]));
    prepared.set(subject, { program: await start(subject, databaseUrl, true), filled, databaseUrl, cases });
  }
  return prepared;
}

const cell = (text: string, width = 12) => text.padStart(width);
const formatInteger = (value: number) => Math.round(value).toLocaleString('en-US');

async function compare(kind: DatabaseKind): Promise<void> {
  progress(`${kind.name}: filling the databases`);
  const prepared = await prepare(kind);
  const preparedOf = (subject: Subject) => prepared.get(subject) as Prepared;
  for (const name of caseNames)
    await expectSameResponses(
      subjects.map((subject) => ({
        name: titles[subject],
        url: preparedOf(subject).program.url,
        testCase: preparedOf(subject).cases[name] as Case,
      })),
    );
  for (const connections of values.connections.split(',').map(Number)) {
    const heading = subjects.map((subject) => cell(titles[subject])).join('');
    const others = subjects.filter((subject) => subject !== base);
    const ratios = others.map((subject) => cell(titles[subject]));
    progress('');
    out(
      `\n${`${kind.name}, ${connections} connection${connections === 1 ? '' : 's'}`.padEnd(24)}${heading}   of ${titles[base]}:${ratios.join('')}`,
    );
    for (const name of caseNames) {
      const rates = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
      const measure = (subject: Subject, duration: number) =>
        measureRate(preparedOf(subject).program.url, preparedOf(subject).cases[name] as Case, connections, duration);
      progress(`${name}: warming up`);
      // Warms up, because V8 takes seconds to compile the hot code of a large server.
      for (const subject of subjects) await measure(subject, warmUpSeconds);
      for (let round = 0; round < rounds; round++)
        // Each round starts with another server, so that no server always follows the same one.
        for (const [index] of subjects.entries()) {
          const subject = subjects[(index + round) % subjects.length] as Subject;
          progress(`${name}, round ${round + 1} of ${rounds}: ${titles[subject]}`);
          rates.get(subject)?.push(await measure(subject, seconds));
        }
      const rateOf = (subject: Subject) => median(rates.get(subject) as number[]);
      const shares = others.map((subject) => cell((rateOf(subject) / rateOf(base)).toFixed(2))).join('');
      progress('');
      const cells = subjects.map((subject) => cell(formatInteger(rateOf(subject)))).join('');
      out(`${(preparedOf(base).cases[name] as Case).name.padEnd(24)}${cells}${' '.repeat(14)}${shares}`);
    }
  }
  const memory = (of: (program: Program) => number) =>
    subjects.map((subject) => cell(`${formatInteger(of(preparedOf(subject).program))} MB`)).join('');
  out(`\n${'memory after the load'.padEnd(24)}${memory(({ residentMb }) => residentMb())}`);
  out(`${'peak memory'.padEnd(24)}${memory(({ peakMb }) => peakMb())}`);
  for (const { program } of prepared.values()) await program.stop();
  await measureStartUp(kind, prepared);
}

/** Measures the time from the start of the process to the first response. */
async function measureStartUp(kind: DatabaseKind, prepared: Map<Subject, Prepared>): Promise<void> {
  const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < Math.max(rounds, 5); round++)
    for (const subject of subjects) {
      const { filled, databaseUrl } = prepared.get(subject) as Prepared;
      const { path, ...request } = requestOf(caseBuilders.get?.(filled).calls[0] as Case['calls'][0]);
      const startedAt = performance.now();
      const program = await start(subject, databaseUrl, false);
      const response = await fetch(`${program.url}${path}`, request);
      await response.text();
      times.get(subject)?.push(performance.now() - startedAt);
      if (response.status !== 200) throw new Error(`${titles[subject]}: the first response is ${response.status}`);
      await program.stop();
    }
  const row = subjects.map((subject) => cell(`${formatInteger(median(times.get(subject) as number[]))} ms`)).join('');
  out(`${'start to first response'.padEnd(24)}${row}   (${kind.name})`);
}

async function main() {
  out(`requests a second; medians of ${rounds} measurements of ${seconds} s each, in turn`);
  await onEachDatabase(values.database, folder, compare);
}

if (values.help) process.stdout.write(help);
else
  try {
    pinToCores(process.pid, coreLists.load);
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

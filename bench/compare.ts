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

const help = `Usage: npm run bench -- [--database embedded,mysql] [--case get,list,create,401,400] [--connections 1,32,256] [--subject ours,fastify,koa,bare] [--rounds 3] [--seconds 2]

Asks our server, as it is started for production, with every call in its API log, and three others that do the same work and log nothing, for the
same things in turn: Fastify with fastify-openapi-glue, Koa with openapi-backend as its README shows, and bare node:http. They share one core, of which the
others want little while one is asked; the load, by a hundred tokens for two hundred different things, comes from the other cores. Prints medians of requests
a second, and what each is of Fastify, or of the first where Fastify is left out; only such ratios travel between machines.
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
const warmSeconds = 10;
const imports = 200;
const caseNames = values.case.split(',');
type Subject = 'ours' | 'fastify' | 'koa' | 'bare';
const subjects = values.subject.split(',') as Subject[];
/** Whose rate the others' are compared with. */
const base = subjects.includes('fastify') ? 'fastify' : (subjects[0] as Subject);
const titles: Record<Subject, string> = { ours: 'Gatehouse', fastify: 'Fastify', koa: 'Koa, README', bare: 'node:http' };

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

const start = (subject: Subject, databaseUrl: string, isPinned: boolean): Promise<Program> =>
  subject === 'ours' ? startServer(databaseUrl, folder, { isPinned }) : startSubject(subject, databaseUrl, isPinned);

interface Prepared {
  program: Program;
  filled: SeededData;
  databaseUrl: string;
  /** By their names. */
  cases: Record<string, Case>;
}

/** Each on a database of its own, so that what one writes is not in the way of another. */
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
const whole = (value: number) => Math.round(value).toLocaleString('en-US');

async function compare(kind: DatabaseKind): Promise<void> {
  progress(`${kind.name}: filling the databases`);
  const prepared = await prepare(kind);
  const preparedOf = (subject: Subject) => prepared.get(subject) as Prepared;
  for (const name of caseNames)
    await expectSameResponses(
      subjects.map((subject) => ({
        name: titles[subject],
        url: preparedOf(subject).program.url,
        asked: preparedOf(subject).cases[name] as Case,
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
      const ask = (subject: Subject, during: number) =>
        measureRate(preparedOf(subject).program.url, preparedOf(subject).cases[name] as Case, connections, during);
      progress(`${name}: warming up`);
      // What is still being compiled is not what is measured: a server of many functions takes seconds to be as fast as it gets.
      for (const subject of subjects) await ask(subject, warmSeconds);
      for (let round = 0; round < rounds; round++)
        // Each begins a round in turn, so that nobody always follows the same one.
        for (const [index] of subjects.entries()) {
          const subject = subjects[(index + round) % subjects.length] as Subject;
          progress(`${name}, round ${round + 1} of ${rounds}: ${titles[subject]}`);
          rates.get(subject)?.push(await ask(subject, seconds));
        }
      const rateOf = (subject: Subject) => median(rates.get(subject) as number[]);
      const shares = others.map((subject) => cell((rateOf(subject) / rateOf(base)).toFixed(2))).join('');
      progress('');
      const cells = subjects.map((subject) => cell(whole(rateOf(subject)))).join('');
      out(`${(preparedOf(base).cases[name] as Case).name.padEnd(24)}${cells}${' '.repeat(14)}${shares}`);
    }
  }
  const memory = (of: (program: Program) => number) =>
    subjects.map((subject) => cell(`${whole(of(preparedOf(subject).program))} MB`)).join('');
  out(`\n${'memory after that'.padEnd(24)}${memory(({ residentMb }) => residentMb())}`);
  out(`${'memory at most'.padEnd(24)}${memory(({ peakMb }) => peakMb())}`);
  for (const { program } of prepared.values()) await program.stop();
  await startUp(kind, prepared);
}

/** From the start of the process to the first answer. */
async function startUp(kind: DatabaseKind, prepared: Map<Subject, Prepared>): Promise<void> {
  const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < Math.max(rounds, 5); round++)
    for (const subject of subjects) {
      const { filled, databaseUrl } = prepared.get(subject) as Prepared;
      const { path, ...request } = requestOf(caseBuilders.get?.(filled).calls[0] as Case['calls'][0]);
      const begun = performance.now();
      const program = await start(subject, databaseUrl, false);
      const answer = await fetch(`${program.url}${path}`, request);
      await answer.text();
      times.get(subject)?.push(performance.now() - begun);
      if (answer.status !== 200) throw new Error(`${titles[subject]} first answers ${answer.status}`);
      await program.stop();
    }
  const row = subjects.map((subject) => cell(`${whole(median(times.get(subject) as number[]))} ms`)).join('');
  out(`${'start to first answer'.padEnd(24)}${row}   (${kind.name})`);
}

async function main() {
  out(`medians of ${rounds} rounds in turn of ${seconds} s each, requests a second`);
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DatabaseKind, onEachDatabase } from './databases.ts';
import { fillImports } from './fill-imports.ts';
import { type Case, type Load, load, median } from './load.ts';
import { type Program, pin, places, startServer, startSubject } from './server-process.ts';

const help = `Usage: npm run bench -- [--database embedded,mysql] [--case get,list,create,401,400] [--connections 1,32,256] [--subject ours,fastify,koa,bare] [--rounds 3] [--seconds 2]

Asks our server, as it is started for production, with every call in its API log, and three others that do the same work and log nothing, for the
same things in turn: Fastify with fastify-openapi-glue, Koa with openapi-backend as its README shows, and bare node:http. Each is alone on
one core while it is asked, and the load comes from the others. Prints medians of requests a second, and what each is of Fastify, or of the first
where Fastify is left out; only such ratios travel between machines.
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
type Subject = 'ours' | 'fastify' | 'koa' | 'bare';
const subjects = values.subject.split(',') as Subject[];
/** Whose rate the others' are compared with. */
const base = subjects.includes('fastify') ? 'fastify' : (subjects[0] as Subject);
const titles: Record<Subject, string> = { ours: 'Gatehouse', fastify: 'Fastify', koa: 'Koa, README', bare: 'node:http' };

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

type Filled = Awaited<ReturnType<typeof fillImports>>;
const start = (subject: Subject, databaseUrl: string, isPinned: boolean): Promise<Program> =>
  subject === 'ours' ? startServer(databaseUrl, folder, { isPinned }) : startSubject(subject, databaseUrl, isPinned);

const caseOf: Record<string, (filled: Filled) => Case> = {
  get: ({ importId }) => ({ name: 'get import', method: 'GET', path: `/api/application-imports/${importId}`, status: 200 }),
  list: () => ({ name: 'list imports (50)', method: 'GET', path: '/api/application-imports', status: 200 }),
  create: ({ identityId }) => ({
    name: 'create offboard',
    method: 'POST',
    path: '/api/personnel-events/offboard',
    body: { identityId, effectiveDate: '2035-04-15T00:00:00Z' },
    status: 201,
  }),
  401: ({ importId }) => ({
    name: '401, unknown token',
    method: 'GET',
    path: `/api/application-imports/${importId}`,
    // Well-formed, so that it has to be looked up.
    token: 'pa_yLo99iFTdvZnlJy3oJXqCy6xWeNbq048qCeL',
    status: 401,
  }),
  400: () => ({
    name: '400, three fields',
    method: 'POST',
    path: '/api/personnel-events/offboard',
    body: { identityId: 1, effectiveDate: 2, comment: 3 },
    status: 400,
  }),
};

/** Each on a database of its own, so that what one writes is not in the way of another. */
async function prepare(kind: DatabaseKind): Promise<Map<Subject, { program: Program; filled: Filled; databaseUrl: string }>> {
  const prepared = new Map();
  for (const subject of subjects) {
    const databaseUrl = await kind.create(subject);
    await (await startServer(databaseUrl, folder)).stop();
    const filled = await fillImports(databaseUrl, imports);
    prepared.set(subject, { program: await start(subject, databaseUrl, true), filled, databaseUrl });
  }
  return prepared;
}

const cell = (text: string, width = 12) => text.padStart(width);
const whole = (value: number) => Math.round(value).toLocaleString('en-US');

async function compare(kind: DatabaseKind): Promise<void> {
  progress(`${kind.name}: filling the databases`);
  const prepared = await prepare(kind);
  const names = values.case.split(',');
  for (const connections of values.connections.split(',').map(Number)) {
    const heading = subjects.map((subject) => cell(titles[subject])).join('');
    const others = subjects.filter((subject) => subject !== base);
    const ratios = others.map((subject) => cell(titles[subject]));
    progress('');
    out(
      `\n${`${kind.name}, ${connections} connection${connections === 1 ? '' : 's'}`.padEnd(24)}${heading}   of ${titles[base]}:${ratios.join('')}`,
    );
    for (const name of names) {
      const loads = new Map<Subject, Load[]>(subjects.map((subject) => [subject, []]));
      for (let round = 0; round < rounds; round++)
        for (const subject of subjects) {
          const { program, filled } = prepared.get(subject) as { program: Program; filled: Filled };
          progress(`${name}, round ${round + 1} of ${rounds}: ${titles[subject]}`);
          const asked = (caseOf[name] as (filled: Filled) => Case)(filled);
          // What is still being compiled is not what is measured: a server of many functions takes seconds to be as fast as it gets.
          if (round === 0) await load(program.url, asked, connections, warmSeconds);
          loads.get(subject)?.push(await load(program.url, asked, connections, seconds));
        }
      const rateOf = (subject: Subject) => median((loads.get(subject) as Load[]).map(({ perSecond }) => perSecond));
      const rates = subjects.map((subject) => cell(whole(rateOf(subject)))).join('');
      const shares = others.map((subject) => cell((rateOf(subject) / rateOf(base)).toFixed(2))).join('');
      progress('');
      out(
        `${(caseOf[name] as (filled: Filled) => Case)(prepared.get(base)?.filled as Filled).name.padEnd(24)}${rates}${' '.repeat(14)}${shares}`,
      );
    }
  }
  const memory = (of: (program: Program) => number) =>
    subjects.map((subject) => cell(`${whole(of(prepared.get(subject)?.program as Program))} MB`)).join('');
  out(`\n${'memory after that'.padEnd(24)}${memory(({ residentMb }) => residentMb())}`);
  out(`${'memory at most'.padEnd(24)}${memory(({ peakMb }) => peakMb())}`);
  for (const { program } of prepared.values()) await program.stop();
  await startUp(kind, prepared);
}

/** From the start of the process to the first answer. */
async function startUp(kind: DatabaseKind, prepared: Map<Subject, { filled: Filled; databaseUrl: string }>): Promise<void> {
  const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < Math.max(rounds, 5); round++)
    for (const subject of subjects) {
      const { filled, databaseUrl } = prepared.get(subject) as { filled: Filled; databaseUrl: string };
      const { path, token } = { token: '', ...caseOf.get?.(filled) } as Case;
      const begun = performance.now();
      const program = await start(subject, databaseUrl, false);
      const answer = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      await answer.text();
      times.get(subject)?.push(performance.now() - begun);
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
    pin(process.pid, places.load);
    await main();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

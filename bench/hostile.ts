import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attacks } from './hostile/attacks.ts';
import { measure, type Result } from './hostile/measure.ts';
import { diskMbMaxOf, faultsOf, ratioOf, target } from './hostile/target.ts';
import { canMountVolumes } from './hostile/volume.ts';
import { coreLists, pinToCores } from './server-process.ts';

const help = `Usage: npm run bench:hostile -- [OPTIONS]

Attacks a server while a normal caller reads one import at a constant rate,
every second time over a new connection. Each attack runs on a server of its
own, with the default limits, on the embedded database. Prints the normal
caller's p99 and errors; the server's memory and descriptors before, during and
after; and the rows that the attack left in the API log and in all other tables.

The server has one core. The attack and the normal caller share the others.

Attacks:

${Object.entries(attacks)
  .map(([name, { title }]) => `  ${name.padEnd(16)}${title}`)
  .join('\n')}

Options:

  --attack NAMES     attacks (all)
  --subject NAMES    servers: ours, fastify (ours,fastify)
  --seconds N        duration of each attack (30)
  --before N         seconds of the measurement before it (20)
  --rate N           requests a second of the normal caller (50)
  --help             shows this text

Status 1 means that Gatehouse missed the target, or that an attack did nothing:

- a p99 of at most ${target.ratio} times the p99 before, no error, less than ${target.memoryMb} MB
- nothing left after the attack: at most ${target.memoryLeftMb} MB and ${target.descriptors} descriptors more
  than before, no row outside of the API log, and in it not more rows than
  the limits allow; at most ${diskMbMaxOf(false)} MB more in files, or ${diskMbMaxOf(true)} MB if the attacker
  has a token, whose calls are logged
- after full-volume, recovery without a restart
- a flood had at least ${target.responsesPerSecond} of the expected responses a second; an attack
  that holds connections had ${target.heldShare * 100} % of them open at the same time, as far as
  the limits let it
`;

const { values } = parseArgs({
  options: {
    attack: { type: 'string', default: Object.keys(attacks).join(',') },
    subject: { type: 'string', default: 'ours,fastify' },
    seconds: { type: 'string', default: '30' },
    before: { type: 'string', default: '20' },
    rate: { type: 'string', default: '50' },
    help: { type: 'boolean' },
  },
});
const durations = { before: Number(values.before), attack: Number(values.seconds) };
const root = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const out = (text: string) => process.stdout.write(`${text}\n`);
const subjects: Record<string, string> = { ours: 'Gatehouse', fastify: 'Fastify' };

const cell = (text: string, width: number) => text.padStart(width);
const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const joined = (numbers: number[], width: number) => cell(numbers.map(whole).join(' / '), width);

function report(name: string, subject: string, result: Result): void {
  const { before, during, states, rows, diskMb, attack, recovery } = result;
  const responses = Object.entries(attack.statuses)
    .map(([status, count]) => `${whole(count)} × ${status}`)
    .join(', ');
  out(
    [
      name.padEnd(16) + (subjects[subject] as string).padEnd(10),
      cell(before.p99.toFixed(1), 7) + cell(during.p99.toFixed(1), 10) + cell(ratioOf(result).toFixed(1), 8),
      cell(`${during.errors} of ${during.calls}`, 14),
      joined(
        states.map(({ memoryMb }) => memoryMb),
        20,
      ),
      joined(
        states.map(({ descriptors }) => descriptors),
        19,
      ),
      joined([rows.log, rows.others], 13) + cell(whole(diskMb), 6),
      `  ${whole(attack.mostOpen)} connections, ${responses || 'no response'}`,
    ].join(''),
  );
  if (!recovery) return;
  const [reserve, full, emptied] = recovery.readiness;
  out(
    `  /readyz: ${reserve} when only the reserve is left, ${full} on the full volume, ${emptied} ${recovery.seconds.toFixed(1)} s after space is free again`,
  );
  out(`  the normal caller: ${recovery.calls[0]} on the full volume, ${recovery.calls[1]} afterwards, without a restart`);
}

async function main(): Promise<void> {
  const { before, attack } = durations;
  out(`${values.rate} requests a second of a normal caller; p99 in ms of ${before} s before and ${attack} s during the attack`);
  out(
    [
      'attack'.padEnd(16) + 'server'.padEnd(10),
      cell('before', 7) + cell('during', 10) + cell('ratio', 8),
      cell('errors', 14),
      cell('MB bef./most/after', 20) + cell('descriptors', 19) + cell('rows left', 13) + cell('MB', 6),
      '  connections and responses of the attack',
    ].join(''),
  );
  const missed: string[] = [];
  for (const name of values.attack.split(',')) {
    if (attacks[name]?.fillsVolume && !canMountVolumes(root)) {
      out(`${name.padEnd(16)}skipped: this machine lets no program have a volume of its own (unshare --user --mount)`);
      continue;
    }
    for (const subject of values.subject.split(',')) {
      if (!attacks[name] || !subjects[subject]) throw new Error(`Unknown attack or server: ${name}, ${subject}`);
      const result = await measure(name, subject, join(root, `${name}-${subject}`), Number(values.rate), durations);
      report(name, subject, result);
      const faults = subject === 'ours' ? faultsOf(attacks[name], durations.attack, result) : [];
      if (faults.length > 0) missed.push(`${name} (${faults.join(', ')})`);
    }
  }
  if (missed.length > 0) {
    out(`\nGatehouse missed the target: ${missed.join(', ')}`);
    process.exitCode = 1;
  }
}

if (values.help) process.stdout.write(help);
else
  try {
    pinToCores(process.pid, coreLists.load);
    await main();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }

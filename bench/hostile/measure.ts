import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fillImports } from '../fill-imports.ts';
import { coreLists, type Program, pinnedCommand, secret, startServer, startSubject } from '../server-process.ts';
import { type Attack, attacks } from './attacks.ts';
import { diskMb, type Latencies, type Rows, rowsOf, type State, startNormalCaller, stateOf, watchServer } from './observe.ts';
import { fillToReserve, onVolume, pathOfVolume, type Recovery, recoverFromFullVolume, reserveSetting } from './volume.ts';

export interface Durations {
  /** Seconds of the measurement before the attack. */
  before: number;
  attack: number;
}

/** The responses and connections that an attack got. */
interface Effect {
  /** Number of responses by status. */
  statuses: Record<string, number>;
  /** The most connections that were open at the same time. */
  mostOpen: number;
}

/** The responses and the state of a server under an attack. */
export interface Result {
  before: Latencies;
  during: Latencies;
  states: [before: State, most: State, after: State];
  /** Rows that the attack left. */
  rows: Rows;
  /** Megabytes by which the files have grown, including the log of the normal caller's calls. */
  diskMb: number;
  attack: Effect;
  recovery: Recovery | undefined;
}

const warmUpSeconds = 5;
/** The longest deadline of what an attack leaves unfinished, except idle connections of the keep-alive time. */
const endingSeconds = 15;
/** The limits that an operator gets without any setting; other benchmarks raise them. */
const defaultLimits = { RATE_LIMIT_PER_MINUTE: '', FAILED_AUTHENTICATIONS_PER_MINUTE: '' };
const run = promisify(execFile);

async function runAttack(name: string, url: string, seconds: number): Promise<Effect> {
  const program = join(import.meta.dirname, 'attacker.ts');
  const [command, args] = pinnedCommand(coreLists.load, [process.execPath, program, name, url, secret, String(seconds)]);
  const { stdout } = await run(command, args, { timeout: (seconds + 60) * 1000, killSignal: 'SIGKILL' });
  return JSON.parse(stdout);
}

/** Attacks a server of its own, in a new folder, beside a normal caller. */
export async function measure(name: string, subject: string, folder: string, ratePerSecond: number, seconds: Durations): Promise<Result> {
  const { descriptors, fillsVolume } = attacks[name] as Attack;
  mkdirSync(folder);
  const databaseUrl = `sqlite:${join(folder, 'gatehouse.db')}`;
  await (await startServer(databaseUrl, folder)).stop();
  const { importIds, tokens } = await fillImports(databaseUrl, 200);
  const token = tokens[0] as string;
  const options = { isPinned: true, descriptors, wrapper: fillsVolume ? onVolume(folder) : [] };
  const program: Program =
    subject === 'ours'
      ? await startServer(databaseUrl, folder, { ...options, env: { ...defaultLimits, ...(fillsVolume && reserveSetting) } })
      : await startSubject(subject, databaseUrl, options);
  const files = fillsVolume ? pathOfVolume(program, folder) : folder;
  const url = `${program.url}/api/application-imports/${importIds[0]}`;
  const caller = startNormalCaller(url, token, ratePerSecond);
  try {
    await wait(warmUpSeconds * 1000);
    const before = await caller.during(() => wait(seconds.before * 1000));
    const [stateBefore, rowsBefore, diskBefore] = [stateOf(program), rowsOf(files), diskMb(files)];
    const watch = watchServer(program);
    let attack: Effect = { statuses: {}, mostOpen: 0 };
    const during = await caller.during(async () => {
      const filling = fillsVolume && wait(seconds.attack * 250).then(() => fillToReserve(files));
      attack = await runAttack(name, program.url, seconds.attack);
      await filling;
    });
    const most = watch.stop();
    await wait(endingSeconds * 1000);
    const [after, rowsAfter, diskAfter] = [stateOf(program), rowsOf(files), diskMb(files)];
    return {
      before,
      during,
      states: [stateBefore, most, after],
      rows: { log: rowsAfter.log - rowsBefore.log, others: rowsAfter.others - rowsBefore.others },
      diskMb: diskAfter - diskBefore,
      attack,
      recovery: fillsVolume && subject === 'ours' ? await recoverFromFullVolume(program, files, url, token) : undefined,
    };
  } finally {
    caller.stop();
    await program.stop();
    for (const path of [folder, `${folder}-copy`]) rmSync(path, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { coreLists, type Program, pinnedCommand } from '../server-process.ts';

export interface Latencies {
  calls: number;
  p99: number;
  errors: number;
}
/** The time in which the last calls of a phase end. Longer than the timeout of the normal caller. */
const settleMs = 12_000;

/** Starts the normal caller. `during` returns the latencies of the calls that it sent while `work` ran. */
export function startNormalCaller(url: string, token: string, perSecond: number) {
  const [command, args] = pinnedCommand(coreLists.load, [
    process.execPath,
    join(import.meta.dirname, 'normal-caller.ts'),
    url,
    String(perSecond),
  ]);
  const caller = spawn(command, args, { env: { PATH: process.env.PATH, BENCH_TOKEN: token }, stdio: ['ignore', 'pipe', 'inherit'] });
  let calls: [sentAt: number, latencyMs: number, isFailed: boolean][] = [];
  createInterface(caller.stdout).on('line', (line) => calls.push(...JSON.parse(line)));
  return {
    during: async (work: () => Promise<unknown>): Promise<Latencies> => {
      calls = [];
      const startedAt = Date.now();
      await work();
      const endedAt = Date.now();
      await wait(settleMs);
      const sent = calls.filter(([sentAt]) => sentAt >= startedAt && sentAt <= endedAt);
      const sorted = sent.map(([, latencyMs]) => latencyMs).toSorted((one, other) => one - other);
      return {
        calls: sent.length,
        p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
        errors: sent.filter(([, , isFailed]) => isFailed).length,
      };
    },
    stop: () => void caller.kill(),
  };
}

const descriptorsOf = ({ pid }: Program) => readdirSync(`/proc/${pid}/fd`).length;

/** Watches memory and descriptors of a server. `stop` returns the highest values. */
export function watchServer(program: Program): { stop: () => { memoryMb: number; descriptors: number } } {
  const most = { memoryMb: 0, descriptors: 0 };
  const look = () => {
    most.memoryMb = Math.max(most.memoryMb, program.residentMb());
    most.descriptors = Math.max(most.descriptors, descriptorsOf(program));
  };
  const timer = setInterval(look, 200);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

/** Returns what a server holds now. */
export const stateOf = (program: Program) => ({ memoryMb: program.residentMb(), descriptors: descriptorsOf(program) });

/** Returns the megabytes of all files in a folder. */
export const diskMb = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => {
      try {
        return sum + statSync(join(entry.parentPath, entry.name)).size / 1024 ** 2;
      } catch {
        // The file was deleted meanwhile.
        return sum;
      }
    }, 0);

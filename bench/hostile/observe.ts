import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { benchTokenName } from '../fill-imports.ts';
import { coreLists, type Program, pinnedCommand } from '../server-process.ts';

export interface Latencies {
  calls: number;
  p99: number;
  errors: number;
}
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
  let endedUntil = 0;
  const lines = createInterface(caller.stdout).on('line', (line) => {
    const printed = JSON.parse(line);
    calls.push(...printed.ended);
    endedUntil = printed.endedUntil;
  });
  return {
    during: async (work: () => Promise<unknown>): Promise<Latencies> => {
      calls = [];
      const startedAt = Date.now();
      await work();
      const endedAt = Date.now();
      while (endedUntil <= endedAt) await once(lines, 'line');
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

/** Returns what a server holds now. */
export const stateOf = (program: Program) => ({
  memoryMb: program.residentMb(),
  descriptors: readdirSync(`/proc/${program.pid}/fd`).length,
});
export type State = ReturnType<typeof stateOf>;

/** Watches a server. `stop` returns the highest values. */
export function watchServer(program: Program): { stop: () => State } {
  const most = { memoryMb: 0, descriptors: 0 };
  const look = () => {
    const { memoryMb, descriptors } = stateOf(program);
    most.memoryMb = Math.max(most.memoryMb, memoryMb);
    most.descriptors = Math.max(most.descriptors, descriptors);
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

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Returns the megabytes of all files in a folder. */
export const diskMb = (folder: string): number =>
  filesOf(folder).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0) / 1024 ** 2, 0);

export interface Rows {
  /** Calls in the API log, except those of the normal caller. */
  log: number;
  others: number;
}
/** Returns the rows of the embedded databases in a folder. */
export function rowsOf(folder: string): Rows {
  const rows = { log: 0, others: 0 };
  for (const file of filesOf(folder).filter((name) => name.endsWith('.db'))) {
    const db = new Database(file, { readonly: true });
    const count = (sql: string) => db.prepare(sql).pluck().get() as number;
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").pluck().all() as string[];
    for (const table of tables)
      if (table === 'api_log') rows.log += count(`SELECT COUNT(*) FROM api_log WHERE actor_name IS NOT '${benchTokenName}'`);
      else rows.others += count(`SELECT COUNT(*) FROM "${table}"`);
    db.close();
  }
  return rows;
}

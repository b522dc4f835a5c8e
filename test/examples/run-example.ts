import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

export const tokens = {
  administrator: 'pa_SandboxAdministratorSandboxAdm1v05vn',
  write: 'pa_SandboxWriteSandboxWriteSandbo0Nm7rr',
  read: 'pa_SandboxReadSandboxReadSandboxR1T87iE',
  wrong: 'pa_NobodyNobodyNobodyNobodyNobody0000000',
};

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}
export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves with the first match in the output; rejects if the process ends without one. */
  printed: (form: RegExp) => Promise<RegExpExecArray>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a command with only the given environment variables. The command `node` is the Node.js that runs the tests. */
export function startExample(args: string[], env: Record<string, string> = {}): Running {
  const [command, ...commandArgs] = args as [string, ...string[]];
  const child = spawn(command === 'node' ? process.execPath : command, commandArgs, {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk) => {
      output[name] += chunk;
    });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (status) => {
      running.delete(child);
      resolve({ status, ...output });
    }),
  );
  const printed = (form: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = form.exec(output.stdout);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`${args.join(' ')} ended without printing ${form}:\n${output.stderr}`)));
      look();
    });
  return { child, ended, printed };
}

export const runExample = (args: string[], env: Record<string, string> = {}) => startExample(args, env).ended;

/** Runs the commands of an example's README against a server, and expects the output that the README shows. */
export async function expectReadmeOutput(example: string, url: string): Promise<void> {
  const readme = readFileSync(`examples/${example}/README.md`, 'utf8');
  const [, commands, output] = /```sh\n([\s\S]*?)```[\s\S]*?```\n([\s\S]*?)```/.exec(readme) as unknown as [string, string, string];
  const script = commands.replace('http://127.0.0.1:8080', url).replace('npx node', process.execPath);
  expect(await runExample(['bash', '-ec', script])).toEqual({ status: 0, stdout: output, stderr: '' });
}

/** Expects that `--help` names every setting, and that a run without one of the settings ends with 2 and names it. */
export async function expectSettings(args: string[], settings: Record<string, string>): Promise<void> {
  const help = await runExample([...args.slice(0, 2), '--help']);
  expect([help.status, help.stderr]).toEqual([0, '']);
  for (const missing of Object.keys(settings)) {
    expect(help.stdout).toContain(missing);
    const env = Object.fromEntries(Object.entries(settings).filter(([name]) => name !== missing));
    const expected = { status: 2, stdout: '', stderr: `${missing} is not set; --help lists the settings\n` };
    expect(await runExample(args, env)).toEqual(expected);
  }
}

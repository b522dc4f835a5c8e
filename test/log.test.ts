import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../server/log.ts';
import { useServer } from './support/server.ts';

const server = useServer();

it('a statement that fails is logged with its cause, but without what it was to store', async () => {
  let logged = '';
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _encoding, done) => {
        logged += chunk;
        done();
      },
    }),
  );
  const failures = [
    server.db('no_such_table').insert({ name: 'Ann Confidential', hash: Buffer.from('Ann Confidential') }),
    server.db.raw('INSERT INTO no_such_table (name) VALUES (?)', ['Ann Confidential']),
  ];
  for (const failure of await Promise.allSettled(failures)) {
    expect(failure.status).toBe('rejected');
    log.error({ err: (failure as PromiseRejectedResult).reason }, 'failed');
  }
  expect(logged).toContain('no_such_table');
  expect(logged).not.toContain('Confidential');
  expect(logged).not.toContain(Buffer.from('Ann Confidential').toString('hex'));
});

const begin = `
    import { setImmediate as turn } from 'node:timers/promises';
    import { createLog } from '${new URL('../server/log.ts', import.meta.url).href}';
    const log = createLog('info');`;
const nodeArgs = (program: string) => ['--input-type=module', '--eval', program];

it('lines that come in quick succession are written while the process goes on', async () => {
  const program = `${begin}
    process.stdin.resume();
    for (const number of Array(3).keys()) {
      log.info({ number }, 'a line');
      await turn();
    }`;
  const child = spawn(process.execPath, nodeArgs(program), { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  while (!output.includes('"number":2')) await once(child.stdout, 'data');
  expect(child.exitCode).toBeNull();
});

it.each([
  ['an exit', 'process.exit(0);'],
  ['its own end', ''],
  ['an error that nobody caught', "throw new Error('at last');"],
])('no line is lost by %s, and all are in order, those of the last moment too', async (_by, last) => {
  const program = `${begin}
    for (const number of Array(9).keys()) {
      log.info({ number }, 'a line');
      await turn();
    }
    log.info({ number: 9 }, 'a line');
    ${last}`;
  const run = promisify(execFile)(process.execPath, nodeArgs(program));
  const { stdout } = await run.catch((error) => error);
  const lines: { number: number }[] = stdout
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line));
  expect(lines.map(({ number }) => number)).toEqual([...Array(10).keys()]);
});

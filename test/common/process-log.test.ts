import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../server/common/process-log.ts';
import { useServer } from '../support/server.ts';

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
    import { createLog } from '${new URL('../../server/common/process-log.ts', import.meta.url).href}';
    const log = createLog('info');`;
const nodeArgs = (program: string) => ['--input-type=module', '--eval', program];
const numbersIn = (output: string): number[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).number);

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

it('a write is no larger than what a pipe takes as one, so that no other process writes into a line, unless it is a single line', async () => {
  const program = `
    import fs from 'node:fs';
    const { writeSync } = fs;
    const sizes = [];
    fs.writeSync = (fd, text, ...rest) => {
      sizes.push([Buffer.byteLength(text), text.trim().split('\\n').length]);
      return writeSync(fd, text, ...rest);
    };
    ${begin}
    const textOf = (number) => 'é'.repeat(number === 100 ? 3_000 : number);
    for (const number of Array(200).keys()) log.info({ number, text: textOf(number) }, 'a line');
    await turn();
    for (const number of Array(200).keys()) log.info({ number: 200 + number, text: textOf(number) }, 'a line');
    process.once('exit', () => process.stderr.write(JSON.stringify(sizes)));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, nodeArgs(program));
  const writes: [bytes: number, lines: number][] = JSON.parse(stderr);
  expect(writes.filter(([bytes, lines]) => bytes > 4_096 && lines > 1)).toEqual([]);
  expect(writes.filter(([bytes]) => bytes > 4_096)).toHaveLength(2);
  expect(writes.length).toBeLessThan(60);
  expect(numbersIn(stdout)).toEqual([...Array(400).keys()]);
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
  expect(numbersIn(stdout)).toEqual([...Array(10).keys()]);
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../server/common/process-log.ts';
import { createRedaction } from '../../server/common/redaction/redaction.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('logs a failed statement with its cause, without the values to be stored', async () => {
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

it('redacts secrets in members of any depth, in messages and in stack traces', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) }, createRedaction({ texts: ['free-form-MARK'] }));
  const deep = { a: { b: { c: { d: [{ userPassword1: 'MARK' }] } } } };
  const cause = new Error('connect to mysql://ann:MARK@db failed: {"token":"MARK"}');
  log.error({ err: new Error('password=MARK', { cause }), deep, sent: ['x-hash: MARK'] }, 'refused api key: MARK, free-form-MARK');
  log.child({ jwt: 'MARK' }).info('next');
  const logged = lines.join('');
  expect(
    logged
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).level),
  ).toEqual(['error', 'info']);
  expect(logged).toContain('[redacted]');
  expect(logged).not.toContain('MARK');
});

const programStart = `
    import { setImmediate as turn } from 'node:timers/promises';
    import { createLog } from '${new URL('../../server/common/process-log.ts', import.meta.url).href}';
    const log = createLog('info');`;
const nodeArgs = (program: string) => ['--input-type=module', '--eval', program];
const numbersIn = (output: string): number[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).number);

it('writes lines in quick succession while the process is running', async () => {
  const program = `${programStart}
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

it('limits a write to the size that a pipe accepts as one unit, so that lines of other processes cannot mix with its lines; only a single line may be larger', async () => {
  const program = `
    import fs from 'node:fs';
    const { writeSync } = fs;
    const sizes = [];
    fs.writeSync = (fd, text, ...rest) => {
      sizes.push([Buffer.byteLength(text), text.trim().split('\\n').length]);
      return writeSync(fd, text, ...rest);
    };
    ${programStart}
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
  ['the end of the program', ''],
  ['an uncaught error', "throw new Error('uncaught');"],
])('loses no line at %s, not even the last one, and writes all in order', async (_event, lastStatement) => {
  const program = `${programStart}
    for (const number of Array(9).keys()) {
      log.info({ number }, 'a line');
      await turn();
    }
    log.info({ number: 9 }, 'a line');
    ${lastStatement}`;
  const run = promisify(execFile)(process.execPath, nodeArgs(program));
  const { stdout } = await run.catch((error) => error);
  expect(numbersIn(stdout)).toEqual([...Array(10).keys()]);
});

it('writes one line for each event, without characters that can end a line or control a terminal', () => {
  let logged = '';
  const write = (line: string) => {
    logged += line;
  };
  const log = createLog('info', { write });
  const text = 'a\r\nb\u0085c\u2028d\u2029e\u000bf\u001b[2Kg\u009b1Ah\u007fi\u202ej \\u2028 ü €';
  log.info({ text, [text]: 1 }, text);
  expect(logged).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]+\n$/u);
  expect(JSON.parse(logged)).toMatchObject({ text, [text]: 1, msg: text });
});

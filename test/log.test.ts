import { execFile } from 'node:child_process';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
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

it.each([
  ['an exit', 'process.exit(0);'],
  ['its own end', ''],
  ['an error that nobody caught', "throw new Error('at last');"],
])('no line is lost by %s, and all are in order, those of the last moment too', async (_by, last) => {
  const program = `
    import { setImmediate as turn } from 'node:timers/promises';
    import { createLog } from '${new URL('../server/log.ts', import.meta.url).href}';
    const log = createLog('info');
    for (const number of Array(9).keys()) {
      log.info({ number }, 'a line');
      await turn();
    }
    log.info({ number: 9 }, 'a line');
    ${last}`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const { stdout } = await run.catch((error) => error);
  const lines: { number: number }[] = stdout
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line));
  expect(lines.map(({ number }) => number)).toEqual([...Array(10).keys()]);
});

import { Writable } from 'node:stream';
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

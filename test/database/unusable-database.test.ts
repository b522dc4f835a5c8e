import { expect, inject, it } from 'vitest';
import { createDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { UnusableDatabase, withDatabaseName } from '../../server/database/unusable-database.ts';
import { isMySqlRun } from '../support/test-database.ts';

const failWith = (databaseUrl: string, error: Error) =>
  withDatabaseName(databaseUrl, () => {
    throw error;
  });
const withCode = (code: string) => Object.assign(new Error('some cause'), { code });

it.each([
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_CORRUPT', 'the file is damaged; restore a backup'],
  ['SQLITE_CORRUPT_VTAB', 'the file is damaged; restore a backup'],
  ['SQLITE_BUSY', 'another process is using the file'],
  ['SQLITE_IOERR_WRITE', 'the file cannot be read or written; check its disk'],
  ['SQLITE_READONLY_DIRECTORY', 'this user may not write the file'],
  ['SQLITE_ERROR', 'some cause'],
])('%s: the message names the file and what to do', async (code, reason) => {
  const failed = failWith('sqlite:/data/gatehouse.db', withCode(code));
  await expect(failed).rejects.toThrow(UnusableDatabase);
  await expect(failed).rejects.toThrow(`Cannot use the database /data/gatehouse.db: ${reason}`);
});

it('names the path from the root of a relative path', async () => {
  await expect(failWith('sqlite:some.db', withCode('SQLITE_FULL'))).rejects.toThrow(`Cannot use the database ${process.cwd()}/some.db: `);
});

it('leaves errors that are not about the database as they are', async () => {
  const error = Object.assign(new Error('a file'), { code: 'EACCES', syscall: 'open' });
  await expect(failWith('sqlite:some.db', error)).rejects.toBe(error);
});

if (isMySqlRun)
  it('names the server and the database, without user and password', async () => {
    const url = new URL(inject('mySqlUrl') as string);
    const place = `${url.hostname}:${url.port || 3306}`;
    const failOn = async (change: (url: URL) => void) => {
      const changed = new URL(url);
      changed.pathname = '/gatehouse_test_missing';
      change(changed);
      const db = createDatabase(changed.href);
      try {
        await withDatabaseName(changed.href, () => migrate(db));
      } catch (error) {
        return (error as Error).message;
      } finally {
        await db.destroy();
      }
      return undefined;
    };
    expect(await failOn(() => {})).toBe(
      `Cannot use the database gatehouse_test_missing on ${place}: the server has no such database; create it, or check DATABASE_URL`,
    );
    const rejected = await failOn((changed) => Object.assign(changed, { username: 'nobody_at_all', password: 'secretword' }));
    expect(rejected).toBe(
      `Cannot use the database gatehouse_test_missing on ${place}: the server rejects the user or the password; check DATABASE_URL`,
    );
  });

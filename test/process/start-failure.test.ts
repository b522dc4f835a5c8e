import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { startFailure } from '../../server/process/start-failure.ts';
import { newFolder } from '../support/fast-folder.ts';
import { secretKey } from '../support/process.ts';

const folder = newFolder('start-failure');
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The root user may read and write every file, unless it starts a program without its privileges. */
const isRoot = process.getuid?.() === 0;
const withoutPrivileges = isRoot ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all', process.execPath] : [process.execPath];
const canDropPrivileges = spawnSync(withoutPrivileges[0] as string, ['--version']).status === 0;

/** Runs a program with settings that prevent it, and returns its exit status and its output. */
function runWith(settings: Record<string, string>, args: string[]): [status: number | null, output: string] {
  const files = { UPLOAD_DIRECTORY: folder, SHARED_DIRECTORY: folder, LOG_LEVEL: 'silent', PORT: '0', SECRET_KEY: secretKey };
  const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${path('some.db')}`, ...files, ...settings };
  const [command, ...begin] = canDropPrivileges ? withoutPrivileges : [process.execPath];
  const { status, stdout, stderr } = spawnSync(command as string, [...begin, ...args], { env, encoding: 'utf8', timeout: 30_000 });
  return [status, stdout + stderr];
}
const startWith = (settings: Record<string, string>) => runWith(settings, ['server/main.js']);

beforeAll(async () => {
  mkdirSync(path('folder.db'));
  mkdirSync(path('closed'), { mode: 0o500 });
  writeFileSync(path('text.db'), 'This is not a database. '.repeat(10));
  writeFileSync(path('newer-log.db'), '');
  for (const name of ['newer.db', 'unreadable.db', 'read-only.db']) {
    const db = createDatabase(`sqlite:${path(name)}`);
    await migrate(db);
    if (name === 'newer.db') await db('migrations').insert({ name: '9999-later', batch: 2, migration_time: new Date() });
    await db.destroy();
  }
  chmodSync(path('unreadable.db'), 0o000);
  chmodSync(path('read-only.db'), 0o400);
  mkdirSync(path('main-log.db'));
});

const databases: [title: string, name: string, reason: RegExp, fileInMessage?: string][] = [
  ['a text file', 'text.db', /the file is not a database; name another file/],
  ['a folder', 'folder.db', /it is a folder; name a file/],
  ['a path below a file', 'text.db/some.db', /a file is in the place of its folder \S+text\.db; check the path/],
  ['a database of a newer version', 'newer.db', /a newer version of Gatehouse has changed it; start that version/],
  ['a log that cannot be opened', 'main.db', /it is a folder/, 'main-log.db'],
];
const closedDatabases: typeof databases = [
  ['an unreadable file', 'unreadable.db', /this user may not read the file/],
  ['a read-only file', 'read-only.db', /this user may not write the file/],
  ['a new file in a folder that is closed', 'closed/some.db', /this user may not create files in the folder \S+closed/],
  ['a new folder in a folder that is closed', 'closed/new/some.db', /this user may not create its folder \S+closed\/new/],
];
const allDatabases = [...databases, ...(canDropPrivileges ? closedDatabases : [])];

it.each(allDatabases)('1: a start on %s names the file, and says in one line what is wrong with it', (_, name, reason, file = name) => {
  const [status, output] = startWith({ DATABASE_URL: `sqlite:${path(name)}` });
  expect([status, output]).toEqual([1, expect.stringMatching(reason)]);
  expect(output).toMatch(new RegExp(`^Gatehouse could not start: Cannot use the database ${path(file)}: .*\\n$`));
});

it.each(allDatabases.filter(([, , , file]) => file === undefined))(
  '1: the token command on %s names the file too, and creates no other',
  (_, name, reason) => {
    const before = readdirSync(folder);
    const [status, output] = runWith({ DATABASE_URL: `sqlite:${path(name)}` }, ['server/process/token-command.ts', 'list']);
    const isNew = /^(closed|text\.db)\//.test(name);
    expect([status, output]).toEqual([
      1,
      isNew
        ? `The database ${path(name)} does not exist; start the server once to create it, or check DATABASE_URL\n`
        : expect.stringMatching(reason),
    ]);
    expect(readdirSync(folder)).toEqual(before);
  },
);

it('1: a database server that does not respond, or does not exist, is named without user and password', () => {
  for (const args of [['server/main.js'], ['server/process/token-command.ts', 'list']]) {
    const refused = runWith({ DATABASE_URL: 'mysql://somebody:secretword@127.0.0.1:9/gate' }, args);
    expect(refused).toEqual([
      1,
      expect.stringMatching(/Cannot use the database gate on 127\.0\.0\.1:9: no database server responds there; .*\n$/),
    ]);
    const unknown = runWith({ DATABASE_URL: 'mysql://somebody:secretword@nowhere.invalid/gate' }, args);
    expect(unknown).toEqual([
      1,
      expect.stringMatching(/^(Gatehouse could not start: )?Cannot use the database gate on nowhere\.invalid:3306: .*\n$/),
    ]);
    expect(refused[1] + unknown[1]).not.toMatch(/somebody|secretword/);
  }
});

it.each(['server/main.js', 'server/sandbox/main.ts'])(
  '1: %s names the port that is in use, and the address that this machine does not have',
  async (program) => {
    const other = createServer();
    const port = await new Promise<string>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve(String((other.address() as { port: number }).port)));
    });
    const inUse = [1, `Port ${port} of 127.0.0.1 is in use by another process; stop it, or choose another port with PORT or -- --port\n`];
    expect(runWith({ PORT: port }, [program])).toEqual(inUse);
    expect(runWith({}, [program, '--port', port])).toEqual(inUse);
    other.close();
    const noAddress = [1, expect.stringMatching(/^HOST 203\.0\.113\.9 is not an address of this machine, .*\n$/)];
    expect(runWith({ HOST: '203.0.113.9' }, [program])).toEqual(noAddress);
    expect(runWith({}, [program, '--host', '203.0.113.9'])).toEqual(noAddress);
    expect(runWith({ HOST: 'nowhere.invalid' }, [program])).toEqual([
      1,
      expect.stringMatching(/^HOST nowhere\.invalid is not a known name; .*\n$/),
    ]);
  },
);

it('names a port that needs privileges', () => {
  const error = Object.assign(new Error('listen EACCES'), { code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80 });
  expect(startFailure(error)).toMatch(
    /^This user may not listen on port 80 of 127\.0\.0\.1, because ports below 1024 need privileges; choose another/,
  );
});

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { newFolder } from './fast-folder.ts';

export const mySqlMissingMessage = `
  NOT RUN: the tests on MySQL. Set TEST_MYSQL_URL to a server whose user may create databases,
  or install mariadbd or mysqld (Debian: apt-get install mariadb-server). In CI this is an error.

`;

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec'];
const findProgram = (name: string) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path));

/** Finds MySQL for tests: the server that TEST_MYSQL_URL names, or an installed program that can run a private one. Otherwise returns undefined. */
export function findMySql(): { url: string } | { program: string } | undefined {
  if (process.env.TEST_MYSQL_URL) return { url: process.env.TEST_MYSQL_URL };
  const program = findProgram('mariadbd') ?? findProgram('mysqld');
  return program ? { program } : undefined;
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`The private MySQL server ended with status ${server.exitCode}`);
    try {
      await (await mysql.createConnection(url)).end();
      return;
    } catch {
      await wait(100);
    }
  }
  throw new Error('The private MySQL server was not ready within 30 seconds');
}

interface MySql {
  url: string;
  stop: () => Promise<void>;
}

interface MySqlSizes {
  bufferPool: string;
  redoLog: string;
}

/** Starts a private server on loopback with its data in a temporary folder. `stop` deletes the folder. */
async function startPrivate(program: string, { bufferPool, redoLog }: MySqlSizes): Promise<MySql> {
  const folder = newFolder('mysql');
  const isMariaDb = program.endsWith('mariadbd');
  const user = `--user=${userInfo().username}`;
  if (isMariaDb) {
    const install = findProgram('mariadb-install-db') ?? 'mariadb-install-db';
    const options = ['--no-defaults', `--datadir=${folder}`, '--auth-root-authentication-method=normal', '--skip-test-db', user];
    execFileSync(install, options, { stdio: 'ignore' });
  } else execFileSync(program, ['--no-defaults', '--initialize-insecure', `--datadir=${folder}`, user], { stdio: 'ignore' });

  const port = await freePort();
  const options = [`--datadir=${folder}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`, user];
  // The database server of a test run need not survive a power cut. Tests kill only Gatehouse's processes, so committed data is safe.
  const fast = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--skip-log-bin'];
  const sizes = [`--innodb-buffer-pool-size=${bufferPool}`, `--innodb-${isMariaDb ? 'log-file-size' : 'redo-log-capacity'}=${redoLog}`];
  const server = spawn(program, ['--no-defaults', ...options, ...fast, ...sizes, '--max-connections=300'], { stdio: 'ignore' });
  // Also runs when the test run is interrupted, because the folder may be in memory.
  const remove = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const url = `mysql://root@127.0.0.1:${port}`;
  await waitUntilReady(`${url}/mysql`, server);
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      process.off('exit', remove);
      remove();
    },
  };
}

/** Returns the URL of a MySQL server, and starts a private one if necessary. The sizes are values of MySQL options; they apply to a private server only. */
export async function startMySql({ bufferPool = '512M', redoLog = '100M' }: Partial<MySqlSizes> = {}): Promise<MySql> {
  const found = findMySql();
  if (!found) throw new Error(mySqlMissingMessage);
  return 'url' in found
    ? { url: found.url.replace(/\/$/, ''), stop: async () => {} }
    : startPrivate(found.program, { bufferPool, redoLog });
}

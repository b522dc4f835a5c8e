import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { findMySql, mySqlMissingMessage } from './test/support/mysql.ts';

// What test files and the programs they start import is compiled once for all of them.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'gatehouse-compile-cache');

const shared = {
  include: ['test/**/*.test.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  // Modules are loaded once for all files of a process, which takes 5 minutes off the run: tests must not change what is in them.
  isolate: false,
};
/** What no database is asked in needs to run once only. */
const withoutDatabase = ['client/client', 'client/packed', 'mocks/*', 'conformance/*', 'contract-diff/*', 'tools/*', 'examples/*'].map(
  (name) => `test/${name}.test.ts`,
);
const project = (name: 'embedded' | 'mysql') => ({
  test: {
    ...shared,
    name,
    exclude: name === 'mysql' ? withoutDatabase : [],
    env: { TEST_DATABASE: name },
    globalSetup: [`test/support/${name}.setup.ts`, 'test/support/coverage.setup.ts'],
  },
});

const hasMySql = findMySql() !== undefined;
if (!hasMySql) process.stderr.write(mySqlMissingMessage);

export default defineConfig({
  test: {
    maxWorkers: 2,
    // In CI the suite on MySQL must run: without a server its setup fails.
    projects: hasMySql || process.env.CI ? [project('embedded'), project('mysql')] : [project('embedded')],
  },
});

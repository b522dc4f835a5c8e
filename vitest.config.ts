import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { findMySql, mySqlMissingMessage } from './test/support/mysql.ts';

// Modules that test files and their programs import are compiled once and cached.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'gatehouse-compile-cache');

const shared = {
  include: ['test/**/*.test.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  // Test files of a process share loaded modules, which saves 5 minutes: tests must not change module state.
  isolate: false,
};
/** Tests without a database, and of the embedded database only, run once, in the embedded project. */
const withoutDatabase = [
  'client/client',
  'database/write-lock',
  'process/existing-private-files',
  'process/lost-secret-key',
  'process/node-version',
  'process/start-arguments',
  'process/start-failure',
  'client/packed',
  'mocks/*',
  'conformance/*',
  'contract-diff/*',
  'tools/*',
  'examples/*',
  'contract-file/*',
  'docs/*',
  'house/*',
].map((name) => `test/${name}.test.ts`);
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
    // In CI the tests on MySQL are required: their setup fails if there is no MySQL server.
    projects: hasMySql || process.env.CI ? [project('embedded'), project('mysql')] : [project('embedded')],
  },
});

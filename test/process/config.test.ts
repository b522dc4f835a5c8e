import { expect, it } from 'vitest';
import { type ConfigError, readConfig } from '../../server/process/config.ts';
import { secretKey } from '../support/process.ts';

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as ConfigError).message.split('\n').slice(1);
  }
};

it('uses the defaults that the README documents', () => {
  expect(readConfig({})).toEqual({
    databaseUrl: 'sqlite:.data/gatehouse.db',
    port: 8080,
    host: '127.0.0.1',
    bootstrapToken: undefined,
    sharedDirectory: '.data/shared',
    sharedDirectoryLayout: 'environment-folders',
    sharedFileBytesMax: 4294967296,
    uploadDirectory: '.data/uploads',
    logLevel: 'info',
    importConcurrency: 1,
    openImportsMax: 1000,
    tokensMax: 10_000,
    projectsMax: 1000,
    environmentsMax: 100,
    uploadBytesMax: 1073741824,
    importFileRetentionDays: 30,
    apiLogRetentionDays: 90,
    unknownCallsPerAddressPerMinute: 60,
    unknownCallsPerMinute: 200,
    diskReserveBytes: undefined,
    rateLimitPerMinute: 6000,
    failedAuthenticationsPerMinute: 60,
    trustedProxies: 0,
    connectionsMax: 2000,
    connectionsPerAddressMax: 512,
  });
});

it('treats an empty variable as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', BOOTSTRAP_TOKEN: '' })).toEqual(readConfig({}));
});

it('reports all invalid settings at once, each with the name of its variable', () => {
  const faults = faultsOf({ PORT: '80x', LOG_LEVEL: 'loud', UPLOAD_BYTES_MAX: '-1', IMPORT_CONCURRENCY: '1.5', DATABASE_URL: 'oracle:x' });
  expect(faults.map((fault) => fault.trim().split(' ')[0])).toEqual([
    'DATABASE_URL',
    'LOG_LEVEL',
    'PORT',
    'IMPORT_CONCURRENCY',
    'UPLOAD_BYTES_MAX',
  ]);
});

it('refuses a DATABASE_URL whose user or password has special characters, and does not show it', () => {
  for (const password of ['pass#word', 'pass/word', 'pass%word'])
    expect(faultsOf({ DATABASE_URL: `mysql://user:${password}@localhost:3306/db`, SECRET_KEY: secretKey })).toEqual([
      '  DATABASE_URL is not a URL; in its user and password, write special characters percent-encoded, such as %23 for #',
    ]);
  expect(faultsOf({ DATABASE_URL: 'mysql://user:pass%23word@localhost:3306/db', SECRET_KEY: secretKey })).toEqual([]);
});

it('accepts only the two layouts of the shared directory', () => {
  expect(readConfig({ SHARED_DIRECTORY_LAYOUT: 'default-environment-only' }).sharedDirectoryLayout).toBe('default-environment-only');
  expect(faultsOf({ SHARED_DIRECTORY_LAYOUT: 'one' })).toEqual([
    '  SHARED_DIRECTORY_LAYOUT must be one of environment-folders, default-environment-only',
  ]);
});

it('refuses a bootstrap token that is short, contains spaces, or has the prefix pa_ and a wrong checksum', () => {
  expect(faultsOf({ BOOTSTRAP_TOKEN: 'x'.repeat(31) })).toHaveLength(1);
  expect(faultsOf({ BOOTSTRAP_TOKEN: `${'x'.repeat(31)} y` })).toHaveLength(1);
  expect(faultsOf({ BOOTSTRAP_TOKEN: 'pa_SandboxAdministratorSandboxAdm1v05vm' })).toHaveLength(1);
  expect(faultsOf({ BOOTSTRAP_TOKEN: 'pa_SandboxAdministratorSandboxAdm1v05vn' })).toEqual([]);
  expect(faultsOf({ BOOTSTRAP_TOKEN: 'x'.repeat(32) })).toEqual([]);
});

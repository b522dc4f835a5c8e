import { type SharedDirectoryLayout, sharedDirectoryLayouts } from '../applications/shared-directory/shared-folder.ts';
import { isTokenSecret } from '../common/secret-format.ts';
import { parseSecretKey } from './secret-key.ts';

export interface Config {
  databaseUrl: string;
  port: number;
  host: string;
  bootstrapToken: string | undefined;
  /** Undefined for an embedded database whose key is in the file `secret.key`. */
  secretKey: Buffer | undefined;
  sharedDirectory: string;
  sharedDirectoryLayout: SharedDirectoryLayout;
  sharedFileBytesMax: number;
  uploadDirectory: string;
  logLevel: string;
  importConcurrency: number;
  openImportsMax: number;
  tokensMax: number;
  projectsMax: number;
  environmentsMax: number;
  uploadBytesMax: number;
  importFileRetentionDays: number;
  apiLogRetentionDays: number;
  /** Calls without a known caller that the API log stores one by one, in each minute and process: of one address, and in all. */
  unknownCallsPerAddressPerMinute: number;
  unknownCallsPerMinute: number;
  /** Free bytes that the disks keep for calls of known callers. Undefined for the default, which depends on the size of the disk. */
  diskReserveBytes: number | undefined;
  rateLimitPerMinute: number;
  failedAuthenticationsPerMinute: number;
  /** Number of proxies that each request passes before it reaches this server. */
  trustedProxies: number;
  connectionsMax: number;
  /** 0 sets no limit. Does not apply behind proxies, from which all connections come. */
  connectionsPerAddressMax: number;
}

/** Lists all invalid settings at once, so that one start is enough to find them. */
export class ConfigError extends Error {
  constructor(faults: string[]) {
    super(`Invalid settings:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const databaseUrlPattern = /^(sqlite:.+|mysql:\/\/.+\/.+)$/;

function databaseUrlOf(env: NodeJS.ProcessEnv, faults: string[]): string {
  const databaseUrl = env.DATABASE_URL || 'sqlite:.data/gatehouse.db';
  if (!databaseUrlPattern.test(databaseUrl))
    faults.push('DATABASE_URL must be sqlite:PATH, sqlite::memory: or mysql://USER:PASSWORD@HOST:PORT/DATABASE');
  else if (databaseUrl.startsWith('mysql:') && !isReadableUrl(databaseUrl))
    faults.push('DATABASE_URL is not a URL; in its user and password, write special characters percent-encoded, such as %23 for #');
  return databaseUrl;
}

function isReadableUrl(text: string): boolean {
  try {
    const { username, password, pathname } = new URL(text);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads only the database URL, for commands that must work even if other settings are missing or invalid.
 *
 * Throws `ConfigError`.
 */
export function readDatabaseUrl(env: NodeJS.ProcessEnv): string {
  const faults: string[] = [];
  const databaseUrl = databaseUrlOf(env, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return databaseUrl;
}

/**
 * Reads and validates all settings from the environment. An empty variable counts as not set.
 *
 * This function and `readDatabaseUrl` are the only readers of settings in `process.env`. Throws `ConfigError`.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  const text = (name: string, fallback: string) => env[name] || fallback;
  const integer = (name: string, fallback: number, min: number, max: number) => {
    const given = env[name];
    if (!given) return fallback;
    const value = Number(given);
    if (!Number.isInteger(value) || value < min || value > max) faults.push(`${name} must be a whole number from ${min} to ${max}`);
    return value;
  };

  const databaseUrl = databaseUrlOf(env, faults);
  const logLevel = text('LOG_LEVEL', 'info');
  if (!logLevels.includes(logLevel)) faults.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  const sharedDirectoryLayout = text('SHARED_DIRECTORY_LAYOUT', 'environment-folders') as SharedDirectoryLayout;
  if (!sharedDirectoryLayouts.includes(sharedDirectoryLayout))
    faults.push(`SHARED_DIRECTORY_LAYOUT must be one of ${sharedDirectoryLayouts.join(', ')}`);
  const bootstrapToken = env.BOOTSTRAP_TOKEN || undefined;
  if (bootstrapToken && !isTokenSecret(bootstrapToken))
    faults.push(
      'BOOTSTRAP_TOKEN must have 32 to 200 visible characters. If it begins with pa_, it needs the form of a token with a valid checksum; pas_, pat_ and the like are reserved',
    );

  const secretKey = env.SECRET_KEY ? parseSecretKey(env.SECRET_KEY) : undefined;
  if (env.SECRET_KEY ? !secretKey : databaseUrl.startsWith('mysql:'))
    faults.push(
      'SECRET_KEY must be 32 bytes in base64 (openssl rand -base64 32); with MySQL it is required and must be the same for all processes',
    );

  const config: Config = {
    databaseUrl,
    port: integer('PORT', 8080, 0, 65535),
    host: text('HOST', '127.0.0.1'),
    bootstrapToken,
    secretKey,
    sharedDirectory: text('SHARED_DIRECTORY', '.data/shared'),
    sharedDirectoryLayout,
    sharedFileBytesMax: integer('SHARED_FILE_BYTES_MAX', 4 * 1024 ** 3, 1, 1024 ** 4),
    uploadDirectory: text('UPLOAD_DIRECTORY', '.data/uploads'),
    logLevel,
    importConcurrency: integer('IMPORT_CONCURRENCY', 1, 1, 16),
    openImportsMax: integer('OPEN_IMPORTS_MAX', 1000, 1, 100_000),
    tokensMax: integer('TOKENS_MAX', 10_000, 1, 1_000_000),
    projectsMax: integer('PROJECTS_MAX', 1000, 1, 100_000),
    environmentsMax: integer('ENVIRONMENTS_MAX', 100, 2, 10_000),
    uploadBytesMax: integer('UPLOAD_BYTES_MAX', 1024 ** 3, 1, 1024 ** 4),
    importFileRetentionDays: integer('IMPORT_FILE_RETENTION_DAYS', 30, 1, 36500),
    apiLogRetentionDays: integer('API_LOG_RETENTION_DAYS', 90, 1, 36500),
    unknownCallsPerAddressPerMinute: integer('UNKNOWN_CALLS_PER_ADDRESS_PER_MINUTE', 60, 0, 1_000_000),
    unknownCallsPerMinute: integer('UNKNOWN_CALLS_PER_MINUTE', 200, 0, 1_000_000),
    diskReserveBytes: env.DISK_RESERVE_BYTES ? integer('DISK_RESERVE_BYTES', 0, 0, 1024 ** 5) : undefined,
    rateLimitPerMinute: integer('RATE_LIMIT_PER_MINUTE', 6000, 0, 1_000_000_000),
    failedAuthenticationsPerMinute: integer('FAILED_AUTHENTICATIONS_PER_MINUTE', 60, 0, 1_000_000_000),
    trustedProxies: integer('TRUSTED_PROXIES', 0, 0, 10),
    connectionsMax: integer('CONNECTIONS_MAX', 2000, 1, 1_000_000),
    connectionsPerAddressMax: integer('CONNECTIONS_PER_ADDRESS_MAX', 512, 0, 1_000_000),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

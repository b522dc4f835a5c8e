import { parseArgs } from 'node:util';
import type { AccessLevel } from '../../generated/types.gen.ts';
import { statusOf } from '../access/credentials.ts';
import type { TokenView } from '../access/store/token-rows.ts';
import { deleteToken, insertToken, listTokens } from '../access/store/tokens.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../common/secret-format.ts';
import { createDatabase, type Db } from '../database/database.ts';
import { isInMemory } from '../database/embedded.ts';
import { isoOrNull, toInstant } from '../database/instants.ts';
import { migrate } from '../database/migrate.ts';
import { findHostOrganization, findOrganization, type OrganizationRow } from '../organizations/store/organizations.ts';
import { ConfigError, readDatabaseUrl } from './config.ts';

const help = `Usage: npm run token -- COMMAND

  create NAME [--administrator | --read-only] [--expires DATE]   makes a token and shows its secret, once
  list                                                           all tokens, where they reach and what they may do
  revoke ID                                                      deletes a token; it is refused from the next request on

With --organization KEY it is about the tokens of that organization, or else of the one that hosts the server. Works on the database that
DATABASE_URL names, whether a server runs or not, and whatever limits there are for tokens made through the API. DATE is an ISO 8601 date or instant.

Exit status: 0 done, 1 it could not be done, 2 wrong words or settings.
`;

/** The words of the command are wrong. */
class UsageError extends Error {}

const rowsPerPage = 500;
const reachOf = ({ id }: OrganizationRow) => ({ organizationId: id, projectId: null, scopeEnvironmentId: null });
const out = (text: string) => process.stdout.write(`${text}\n`);

function expiresOf(text: string | undefined, now: Date): string | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) throw new UsageError(`--expires ${text} is not an ISO 8601 date`);
  if (date <= now) throw new UsageError(`--expires ${text} is not later than now`);
  return toInstant(date);
}

async function create(
  db: Db,
  organization: OrganizationRow,
  words: string[],
  options: { level: AccessLevel; expires?: string | undefined },
) {
  const [name, ...rest] = words;
  if (!name || rest.length > 0 || name.trim() === '' || name.length > 100)
    throw new UsageError('create wants one NAME of 1 to 100 characters');
  const now = new Date();
  const secret = newTokenSecret();
  const row = await insertToken(db, now, {
    organization_id: organization.id,
    access_level: options.level,
    name,
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    created_by: 'The token command',
    expires_at: expiresOf(options.expires, now),
  });
  out(
    `${row.access_level} token "${name}" (${row.id}) of organization ${organization.key}. Its secret is shown this once:\n\n  ${secret}\n`,
  );
}

const placeOf = ({ level, project_key, environment_key }: TokenView) =>
  [level, [project_key, environment_key].filter((key) => key !== null).join('/')].join(' ').trimEnd();

async function list(db: Db, organization: OrganizationRow) {
  const now = new Date();
  const heads = ['ID', 'NAME', 'LEVEL', 'ACCESS', 'STATUS', 'BEGINS', 'CREATED', 'EXPIRES', 'LAST USED'];
  const lines = [heads];
  for (let offset = 0; ; offset += rowsPerPage) {
    const { rows } = await listTokens(db, reachOf(organization), 'API Token', { limit: rowsPerPage, offset });
    for (const row of rows)
      lines.push([
        row.id,
        row.name,
        placeOf(row),
        row.access_level,
        statusOf(row, now),
        row.secret_start,
        isoOrNull(row.created_at) ?? '',
        isoOrNull(row.expires_at) ?? 'never',
        isoOrNull(row.last_used_at) ?? 'never',
      ]);
    if (rows.length < rowsPerPage) break;
  }
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length)));
  for (const line of lines)
    out(
      line
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    );
}

async function revoke(db: Db, organization: OrganizationRow, [id, ...rest]: string[]) {
  if (!id || rest.length > 0) throw new UsageError('revoke wants one ID, as list shows it');
  if (!(await deleteToken(db, reachOf(organization), 'API Token', id)))
    throw new Error(`Organization ${organization.key} has no token with id ${id}`);
  out(`Token ${id} is deleted.`);
}

/** The one that is named by key or id, or else the host. */
async function organizationOf(db: Db, named: string | undefined): Promise<OrganizationRow> {
  const host = await findHostOrganization(db);
  if (!host) throw new Error('The database is empty; the first start of the server fills it');
  if (named === undefined) return host;
  const organization = await findOrganization(db, { organizationId: host.id, isHost: true }, named);
  if (!organization) throw new Error(`There is no organization ${named}`);
  return organization;
}

async function run(words: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      administrator: { type: 'boolean' },
      'read-only': { type: 'boolean' },
      expires: { type: 'string' },
      organization: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [command, ...rest] = positionals;
  if (values.help) return void process.stdout.write(help);
  if (!command || !['create', 'list', 'revoke'].includes(command))
    throw new UsageError(command ? `There is no command ${command}` : 'A command is missing');
  if (values.administrator && values['read-only']) throw new UsageError('A token is --administrator or --read-only, not both');
  const databaseUrl = readDatabaseUrl(process.env);
  if (isInMemory(databaseUrl)) throw new UsageError('An in-memory database is another one for every process; the sandbox shows its tokens');

  const db = createDatabase(databaseUrl);
  try {
    await migrate(db);
    const organization = await organizationOf(db, values.organization);
    if (command === 'list') await list(db, organization);
    else if (command === 'revoke') await revoke(db, organization, rest);
    else
      await create(db, organization, rest, {
        level: values.administrator ? 'Administrator' : values['read-only'] ? 'Read' : 'Write',
        expires: values.expires,
      });
  } finally {
    await db.destroy();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof UsageError || error instanceof ConfigError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  const { message, code } = error as { message: string; code?: string };
  process.stderr.write(`${message || code}\n${isUsage ? '\nnpm run token -- --help says more.\n' : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}

import type { AccessLevel } from '../../generated/types.gen.ts';
import { statusOf } from '../access/present-credentials.ts';
import { deleteToken } from '../access/store/delete-tokens.ts';
import type { TokenView } from '../access/store/token-rows.ts';
import { insertToken, listTokens } from '../access/store/tokens.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../common/secret-format.ts';
import { escapeUnprintable } from '../common/unprintable.ts';
import { createDatabase, type Db } from '../database/database.ts';
import { isoOrNull, toInstant } from '../database/instants.ts';
import { migrate } from '../database/migrate.ts';
import { nameOf, withDatabaseName } from '../database/unusable-database.ts';
import { findHostOrganization, findOrganization, type OrganizationRow } from '../organizations/store/organizations.ts';
import { forgetSecrets } from './check-secret-key.ts';

/** The arguments of the command are invalid. */
export class UsageError extends Error {}

const rowsPerPage = 500;
const scopeOf = ({ id }: OrganizationRow) => ({ organizationId: id, projectId: null, scopeEnvironmentId: null });
const out = (text: string) => process.stdout.write(`${text}\n`);

function parseExpiration(text: string | undefined, now: Date): string | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) throw new UsageError(`--expires ${text} is not an ISO 8601 date`);
  if (date <= now) throw new UsageError(`--expires ${text} is not later than now`);
  return toInstant(date);
}

async function create(
  db: Db,
  organization: OrganizationRow,
  args: string[],
  options: { level: AccessLevel; expires?: string | undefined },
) {
  const [name, ...extra] = args;
  if (!name || extra.length > 0 || name.trim() === '' || name.length > 100)
    throw new UsageError('create takes one NAME of 1 to 100 characters');
  const now = new Date();
  const secret = newTokenSecret();
  const row = await insertToken(db, now, {
    organization_id: organization.id,
    access_level: options.level,
    name,
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    created_by: 'The token command',
    expires_at: parseExpiration(options.expires, now),
  });
  out(`Created ${row.access_level} token "${name}" of organization ${organization.key}.

  ID       ${row.id}
  Secret   ${secret}

The secret is shown only once.`);
}

const levelOf = ({ level, project_key, environment_key }: TokenView) =>
  [level, [project_key, environment_key].filter((key) => key !== null).join('/')].join(' ').trimEnd();

async function list(db: Db, organization: OrganizationRow) {
  const now = new Date();
  const headings = ['ID', 'NAME', 'LEVEL', 'ACCESS', 'STATUS', 'SECRET STARTS', 'CREATED', 'EXPIRES', 'LAST USED'];
  const table = [headings];
  for (let offset = 0; ; offset += rowsPerPage) {
    const { rows } = await listTokens(db, scopeOf(organization), 'API Token', { limit: rowsPerPage, offset });
    for (const row of rows)
      table.push([
        row.id,
        escapeUnprintable(row.name),
        levelOf(row),
        row.access_level,
        statusOf(row, now),
        row.secret_start,
        isoOrNull(row.created_at) ?? '',
        isoOrNull(row.expires_at) ?? 'never',
        isoOrNull(row.last_used_at) ?? 'never',
      ]);
    if (rows.length < rowsPerPage) break;
  }
  const widths = headings.map((_, column) => table.reduce((width, cells) => Math.max(width, (cells[column] as string).length), 0));
  for (const cells of table)
    out(
      cells
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    );
}

async function revoke(db: Db, organization: OrganizationRow, [id, ...extra]: string[]) {
  if (!id || extra.length > 0) throw new UsageError('revoke takes one ID, as shown by list');
  if (!(await deleteToken(db, scopeOf(organization), 'API Token', id)))
    throw new Error(`Organization ${organization.key} has no token with id ${id}`);
  out(`Deleted token ${id}.`);
}

async function forget(db: Db, args: string[]) {
  if (args.length > 0) throw new UsageError('forget-secrets takes no arguments');
  const { accessKeys, revealableTokens } = await forgetSecrets(db);
  out(`Deleted access keys: ${accessKeys}. Deleted stored secrets of tokens, which stay valid: ${revealableTokens}.`);
}

/** Finds the organization by key or id; without one, the organization that hosts the server. */
async function findOrganizationOfTokens(db: Db, databaseUrl: string, keyOrId: string | undefined): Promise<OrganizationRow> {
  const host = await findHostOrganization(db);
  if (!host)
    throw new Error(
      `The database ${nameOf(databaseUrl)} is empty; start the server once to create the first organization, or check DATABASE_URL`,
    );
  if (keyOrId === undefined) return host;
  const organization = await findOrganization(db, { organizationId: host.id, isHost: true }, keyOrId);
  if (!organization) throw new Error(`Organization ${keyOrId} does not exist`);
  return organization;
}

export interface TokenOptions {
  administrator?: boolean;
  'read-only'?: boolean;
  expires?: string;
  organization?: string;
}

/** Runs a command on a database that exists. Throws `UnusableDatabase`, `UsageError`, and errors whose message is for the user. */
export function runTokenCommand(databaseUrl: string, command: string, args: string[], options: TokenOptions): Promise<void> {
  return withDatabaseName(databaseUrl, async () => {
    const db = createDatabase(databaseUrl);
    try {
      await migrate(db);
      if (command === 'forget-secrets') return await forget(db, args);
      const organization = await findOrganizationOfTokens(db, databaseUrl, options.organization);
      if (command === 'list') await list(db, organization);
      else if (command === 'revoke') await revoke(db, organization, args);
      else
        await create(db, organization, args, {
          level: options.administrator ? 'Administrator' : options['read-only'] ? 'Read' : 'Write',
          expires: options.expires,
        });
    } finally {
      await db.destroy();
    }
  });
}

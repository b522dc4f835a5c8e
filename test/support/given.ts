import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../generated/client/index.ts';
import type { AccessLevel, FileGroup } from '../../generated/types.gen.ts';
import type { TokenRow } from '../../server/access/store/token-rows.ts';
import { insertToken } from '../../server/access/store/tokens.ts';
import { type ApplicationImportRow, insertApplicationImport } from '../../server/applications/store/application-imports.ts';
import { type ApplicationRow, insertApplication } from '../../server/applications/store/applications.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../../server/common/secret-format.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { insertOrganization, type OrganizationRow } from '../../server/organizations/store/organizations.ts';
import { recordIssuedSecrets } from './secrets-search.ts';
import type { TestServer } from './server.ts';

export interface GivenToken {
  row: TokenRow;
  secret: string;
  /** A generated client that authenticates with this token. */
  client: Client;
}

/**
 * Creates an API token of the organization: one row in `tokens` and one in `token_secrets`, inserted directly.
 *
 * The default is write access to the whole organization; `values` overrides columns. Returns the row, the secret and a client that uses it.
 */
export async function givenToken(
  server: TestServer,
  organization: Pick<OrganizationRow, 'id'>,
  values: Partial<TokenRow> = {},
): Promise<GivenToken> {
  const secret = newTokenSecret();
  const row = await insertToken(server.db, server.clock.now, {
    organization_id: organization.id,
    access_level: 'Write',
    name: 'Nightly',
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    created_by: 'a test',
    ...values,
  });
  recordIssuedSecrets(secret);
  return { row, secret, client: server.client(secret) };
}

/** An organization that belongs to one test. */
export interface Tenant {
  organization: OrganizationRow;
  /** The default environment: `production` of the project `default`. */
  environmentId: string;
  /** Path of the environment's shared folder in the shared directory. */
  sharedFolder: string;
  /** One token for each access level. */
  administrator: GivenToken;
  writer: GivenToken;
  reader: GivenToken;
}

/**
 * Creates an organization with a random key, its default project and environment, and three tokens, inserted directly. Creates the empty shared
 * folder of the environment.
 *
 * Each test creates its own, so that it never sees rows of other tests. Returns the organization's row, the id of its default environment, and the
 * tokens `administrator`, `writer` and `reader`.
 */
export async function givenTenant(server: TestServer): Promise<Tenant> {
  const organization = await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: `org-${randomUUID()}` }));
  const sharedFolder = `${organization.key}/default/production`;
  mkdirSync(join(server.config.sharedDirectory, sharedFolder), { recursive: true });
  const token = (access_level: AccessLevel, name: string) => givenToken(server, organization, { access_level, name });
  return {
    organization,
    environmentId: organization.default_environment_id,
    sharedFolder,
    administrator: await token('Administrator', 'Administrator'),
    writer: await token('Write', 'Nightly'),
    reader: await token('Read', 'Reporting'),
  };
}

/** Returns a file group of users with the columns `Login,Full Name,E-Mail`. Creates no rows. */
export const usersGroup = (values: Partial<FileGroup> = {}): FileGroup => ({
  id: randomUUID(),
  name: 'Users',
  rows: 'users',
  isRequired: true,
  delimiter: ',',
  columns: { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' },
  ...values,
});

/** The row of an application, with the paths of its first file and of its environment's shared folder. */
export type GivenApplication = ApplicationRow & { path: string; sharedFolder: string };

/**
 * Creates an application: one row in `applications`, inserted directly.
 *
 * By default it has one file group of users (`groups` replaces it) and an import schedule without a cron expression, which reads `<id>.csv` from the
 * environment's shared folder (`<id>-1.csv` and so on for further groups). Returns the row with the paths of the first file and of the folder.
 */
export async function givenApplication(
  server: TestServer,
  tenant: Tenant,
  values: Partial<ApplicationRow> & { groups?: FileGroup[] } = {},
): Promise<GivenApplication> {
  const { groups = [usersGroup()], ...rest } = values;
  const id = randomUUID();
  const row = await insertApplication(server.db, server.clock.now, {
    id,
    environment_id: tenant.environmentId,
    name: 'Silverlake',
    connector: { name: 'A connector', version: null, fileGroups: groups },
    import_schedule: {
      cron: null,
      timeZone: 'UTC',
      files: groups.map((group, index) => ({ fileGroupId: group.id, path: index === 0 ? `${id}.csv` : `${id}-${index}.csv` })),
    },
    ...rest,
  });
  return { ...row, path: `${id}.csv`, sharedFolder: tenant.sharedFolder };
}

/** Creates a pending import of an application: one row in `application_imports`, inserted directly. Returns the row. `server.build()` builds it. */
export const givenImport = (server: TestServer, application: ApplicationRow): Promise<ApplicationImportRow> =>
  insertApplicationImport(server.db, server.clock.now, {
    environment_id: application.environment_id,
    application_id: application.id,
    type: 'API',
    created_by: 'API Token - Nightly',
  });

/** Returns a CSV file for `usersGroup` with one line for each login. Creates no rows. */
export const usersCsv = (...logins: string[]): string =>
  ['Login,Full Name,E-Mail', ...logins.map((login) => `${login},Name of ${login},${login}@example.com`)].join('\n');

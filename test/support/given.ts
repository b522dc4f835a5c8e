import { randomUUID } from 'node:crypto';
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
  client: Client;
}

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

export interface Tenant {
  organization: OrganizationRow;
  environmentId: string;
  /** One token of each access level, with a client that uses it. */
  administrator: GivenToken;
  writer: GivenToken;
  reader: GivenToken;
}

/** An organization of the test's own: what other tests do is not there. */
export async function givenTenant(server: TestServer): Promise<Tenant> {
  const organization = await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: randomUUID() }));
  const token = (access_level: AccessLevel, name: string) => givenToken(server, organization, { access_level, name });
  return {
    organization,
    environmentId: organization.default_environment_id,
    administrator: await token('Administrator', 'Administrator'),
    writer: await token('Write', 'Nightly'),
    reader: await token('Read', 'Reporting'),
  };
}

/** A file group that reads `Login,Full Name,E-Mail`. */
export const usersGroup = (values: Partial<FileGroup> = {}): FileGroup => ({
  id: randomUUID(),
  name: 'Users',
  rows: 'users',
  isRequired: true,
  delimiter: ',',
  columns: { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' },
  ...values,
});

/** An application with one file group of users and a schedule that reads them from `<id>.csv` in the shared directory. */
export async function givenApplication(
  server: TestServer,
  tenant: Tenant,
  values: Partial<ApplicationRow> & { groups?: FileGroup[] } = {},
): Promise<ApplicationRow & { path: string }> {
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
  return { ...row, path: `${id}.csv` };
}

/** An import that waits to be built. */
export const givenImport = (server: TestServer, application: ApplicationRow): Promise<ApplicationImportRow> =>
  insertApplicationImport(server.db, server.clock.now, {
    environment_id: application.environment_id,
    application_id: application.id,
    type: 'API',
    created_by: 'API Token - Nightly',
  });

/** A file of users, one a line. */
export const usersCsv = (...logins: string[]): string =>
  ['Login,Full Name,E-Mail', ...logins.map((login) => `${login},Name of ${login},${login}@example.com`)].join('\n');

import { expect, it } from 'vitest';
import { createOrganization } from '../../../generated/sdk.gen.ts';
import { createLog } from '../../../server/common/process-log.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { findHostOrganization, insertOrganization, type OrganizationRow } from '../../../server/organizations/store/organizations.ts';
import { ConfigError } from '../../../server/process/config.ts';
import { startServer } from '../../../server/process/start-server.ts';
import { readImport, runImport } from '../../support/builds.ts';
import { givenApplication, givenImport, type Tenant, usersCsv } from '../../support/given.ts';
import { givenHostToken } from '../../support/given-levels.ts';
import { useServer } from '../../support/server.ts';

const server = useServer({ sharedDirectoryLayout: 'default-environment-only' });

async function givenHost(): Promise<Tenant> {
  const administrator = await givenHostToken(server);
  const organization = (await findHostOrganization(server.db)) as OrganizationRow;
  const environmentId = organization.default_environment_id;
  return { organization, environmentId, sharedFolder: '.', administrator, writer: administrator, reader: administrator };
}

it('imports files of the shared directory itself into the default environment, and into no other', async () => {
  const host = await givenHost();
  const application = await givenApplication(server, host);
  server.share(application, usersCsv('ann'));
  expect((await runImport(server, application)).status).toBe('Finished');

  const { id } = await server.db('environments').where({ key: 'development' }).first();
  const inDevelopment = await givenApplication(server, { ...host, environmentId: id });
  server.share(inDevelopment, usersCsv('ann'));
  const { status, log } = await runImport(server, inDevelopment);
  expect([status, log]).toEqual([
    'Failed',
    'Failed: this server has shared files only for the default environment of a single organization; upload the files\n',
  ]);
});

it('reads no folders of other environments that are left in the shared directory', async () => {
  const host = await givenHost();
  server.share({ sharedFolder: 'default/default/development' }, usersCsv('ann'), 'users.csv');
  const application = await givenApplication(server, host);
  const files = [{ fileGroupId: application.connector?.fileGroups[0]?.id, path: 'default/default/development/users.csv' }];
  await server
    .db('applications')
    .where({ id: application.id })
    .update({ import_schedule: JSON.stringify({ cron: null, timeZone: 'UTC', files }) });
  const row = await givenImport(server, application);
  await server.build();
  expect((await readImport(server, row)).log).toContain("is not a path inside the environment's shared folder");
});

it('409: creates no second organization, and the server does not start if there is one', async () => {
  const { administrator } = await givenHost();
  const start = () => startServer(server.config, createLog('silent'), async () => {}, { withWorker: false });
  await (await start()).stop();

  const { error, response } = await createOrganization({ client: administrator.client, body: { key: 'valkyrie' } });
  expect([response?.status, error?.message]).toEqual([409, expect.stringContaining('This server may have only one organization')]);
  expect(await server.db('organizations').select('key')).toEqual([{ key: 'default' }]);

  await inTransaction(server.db, (trx) => insertOrganization(trx, server.clock.now, { key: 'valkyrie' }));
  await expect(start()).rejects.toThrow(ConfigError);
  await expect(start()).rejects.toThrow(/SHARED_DIRECTORY_LAYOUT must not be default-environment-only/);
});

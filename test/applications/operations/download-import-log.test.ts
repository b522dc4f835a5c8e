import { expect, it } from 'vitest';
import { downloadImportLog, getApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenImport, givenTenant, usersCsv } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('200: returns the log as a text file, equal to the log of the import', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, `${usersCsv('ann')}\n,Zoë 東,`);
  const { id } = await givenImport(server, application);
  await server.build();
  const { data, response } = await downloadImportLog({ client: tenant.reader.client, path: { id } });
  expect(['content-type', 'content-disposition'].map((header) => response?.headers.get(header))).toEqual([
    'text/plain; charset=utf-8',
    'attachment; filename="import-1.log"; filename*=UTF-8\'\'import-1.log',
  ]);
  expect(data).toContain('Finished: 1 added, 0 changed, 0 removed, 0 unchanged, 1 rejected\n');
  expect(data).toBe((await getApplicationImport({ client: tenant.reader.client, path: { id } })).data?.log);
});

it('404: an import without a log, an unknown import and an import of another organization', async () => {
  const tenant = await givenTenant(server);
  const pending = await givenImport(server, await givenApplication(server, tenant));
  const owner = await givenTenant(server);
  const application = await givenApplication(server, owner);
  const foreign = await givenImport(server, application);
  await server.db('application_imports').where({ id: foreign.id }).update({ log: 'Finished: a secret\n' });
  const refusal = async (id: string) => {
    const { error, response } = await downloadImportLog({ client: tenant.administrator.client, path: { id } });
    return [response?.status, error?.message];
  };
  const unknownId = '00000000-0000-4000-8000-000000000000';
  expect(await refusal(pending.id)).toEqual([404, `Log of application import with id ${pending.id} not found`]);
  expect(await refusal(unknownId)).toEqual([404, `Application Import with id ${unknownId} not found`]);
  expect(await refusal(foreign.id)).toEqual([404, `Application Import with id ${foreign.id} not found`]);
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findRecordCounts } from '../../../server/applications/store/generations.ts';
import { givenApplication, givenImport, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

it('continues without the missing file of an optional group, logs it and retains the records of that group', async () => {
  const tenant = await givenTenant(server);
  const groups = [
    usersGroup(),
    { ...usersGroup({ isRequired: false }), name: 'Groups', rows: 'groups' as const, columns: { key: 'Login' } },
  ];
  const application = await givenApplication(server, tenant, { groups });
  server.share(application, usersCsv('ann'));
  server.share(application, usersCsv('tellers', 'lenders'), `${application.id}-1.csv`);
  await givenImport(server, application);
  await server.build();

  rmSync(join(server.config.sharedDirectory, application.sharedFolder, `${application.id}-1.csv`));
  const second = await givenImport(server, application);
  await server.build();
  const row = await server.db('application_imports').where({ id: second.id }).first();
  expect(row.status).toBe('Finished');
  expect(row.log).toContain("-1.csv does not exist in the environment's shared folder; the file is optional, so the import continues");
  expect(JSON.parse(row.metrics).groups).toEqual({ read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 });
  const counts = await findRecordCounts(server.db, (await server.db('applications').where({ id: application.id }).first()).generation_id);
  expect(counts).toMatchObject({ users: 1, groups: 2 });
});

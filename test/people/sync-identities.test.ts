import { expect, it } from 'vitest';
import { runImport } from '../support/builds.ts';
import { givenTenant } from '../support/given.ts';
import { givenDirectory, importPeople, listAllIdentities, miscountedIdentityLists, peopleCsv } from '../support/given-directories.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

it('an import whose identities cannot be synced fails with a log line, and the next import syncs all of them', async () => {
  const tenant = await givenTenant(server);
  const directory = await givenDirectory(server, tenant);
  await importPeople(server, directory, { No: '1', First: 'Ann', Last: 'Lee' });
  const people = [
    { No: '1', First: 'Ann', Last: 'Berg' },
    { No: '2', First: 'Bob', Last: 'Ray' },
  ];
  server.share(directory, peopleCsv(people));
  await server.db.schema.renameTable('identities', 'identities_elsewhere');
  const failed = await runImport(server, directory).finally(() => server.db.schema.renameTable('identities_elsewhere', 'identities'));
  expect([failed.status, failed.log]).toEqual(['Failed', expect.stringContaining('not all identities could be synced')]);
  expect((await listAllIdentities(tenant)).map(({ lastName }) => lastName)).toEqual(['Lee']);

  // The same file has no new records, but the next import syncs the identities that the failed import did not sync.
  expect((await runImport(server, directory)).status).toBe('Finished');
  expect((await listAllIdentities(tenant)).map(({ lastName }) => lastName)).toEqual(['Berg', 'Ray']);
  expect(await miscountedIdentityLists(server.db)).toEqual([]);
});

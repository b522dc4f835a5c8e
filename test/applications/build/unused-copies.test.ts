import { expect, it } from 'vitest';
import { cancelApplicationImport } from '../../../generated/sdk.gen.ts';
import type { ImportFiles } from '../../../server/applications/import-files.ts';
import { buildNext, readImport } from '../../support/builds.ts';
import { disconnectingDb } from '../../support/disconnecting-db.ts';
import { givenApplication, givenImport, givenTenant, type Tenant, usersCsv, usersGroup } from '../../support/given.ts';
import { orphanedFiles } from '../../support/raw-http.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

/** Shares the first `count` of the three files that an application's schedule imports, and stages an import. */
async function givenScheduledImport(count = 3, given?: Tenant) {
  const tenant = given ?? (await givenTenant(server));
  const application = await givenApplication(server, tenant, { groups: [usersGroup(), usersGroup(), usersGroup()] });
  const paths = application.import_schedule?.files.map(({ path }) => path) ?? [];
  for (const path of paths.slice(0, count)) server.share(application, usersCsv(path), path);
  return { tenant, application, paths, pending: await givenImport(server, application) };
}

/** Calls `work` before the `at`-th copy of a shared file begins. */
const beforeCopy = (at: number, work: () => unknown): ImportFiles => {
  let copies = 0;
  return {
    ...server.importFiles,
    copyShared: async (...args) => {
      if (++copies === at) await work();
      return server.importFiles.copyShared(...args);
    },
  };
};

/** The copy of this path fails. */
const failingAt = (failing: string): ImportFiles => ({
  ...server.importFiles,
  copyShared: async (folder, path, stop) => {
    if (path === failing) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    return server.importFiles.copyShared(folder, path, stop);
  },
});

const cancel = (tenant: Tenant, applicationImportId: string) =>
  cancelApplicationImport({ client: tenant.writer.client, body: { applicationImportId } });

it('an import that fails at a later file of its schedule leaves no copy of an earlier one', async () => {
  const missing = await givenScheduledImport(2);
  await buildNext(server);
  expect((await readImport(server, missing.pending)).status).toBe('Failed');
  expect(await orphanedFiles(server)).toEqual([]);

  const { paths, pending } = await givenScheduledImport();
  await buildNext(server, { importFiles: failingAt(paths[1] as string) });
  expect((await readImport(server, pending)).status).toBe('Failed');
  expect(await orphanedFiles(server)).toEqual([]);
});

it('an import that is canceled, stopped or taken over while its files are copied leaves no copy, whichever file it is', async () => {
  for (const end of ['canceled', 'stopped', 'taken over'])
    for (const at of [1, 2, 3]) {
      const { tenant, pending } = await givenScheduledImport();
      const stop = new AbortController();
      const importFiles = beforeCopy(at, async () => {
        if (end === 'canceled') await cancel(tenant, pending.id);
        else if (end === 'stopped') stop.abort();
        else await server.db('application_imports').where({ id: pending.id }).update({ lease_id: null });
      });
      await buildNext(server, { importFiles, stop: stop.signal });
      // The last file has no heartbeat after its copy. Its import may have rows then, which name the copies.
      expect([end, at, await orphanedFiles(server)]).toEqual([end, at, []]);
      await server.build();
      expect([end, at, await orphanedFiles(server)]).toEqual([end, at, []]);
    }
});

it.each(['before', 'after'] as const)('an import whose database connection breaks %s a use leaves no copy without a row', async (when) => {
  const tenant = await givenTenant(server);
  let at = 0;
  let uses: () => number;
  do {
    at++;
    const { pending } = await givenScheduledImport(3, tenant);
    const broken = disconnectingDb(server.db, at, when);
    uses = broken.uses;
    await buildNext(server, { db: broken.db }).catch(() => {});
    expect([at, await orphanedFiles(server)]).toEqual([at, []]);
    const rows = await server.db('application_import_files').where({ application_import_id: pending.id });
    for (const { id } of rows) expect([at, await server.importFiles.has(id)]).toEqual([at, true]);
    await server.db('application_imports').where({ id: pending.id }).update({ status: 'Failed', lease_id: null });
    await server.db('import_queues').delete();
  } while (uses() >= at);
});

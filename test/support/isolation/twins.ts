import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TokenRow } from '../../../server/access/store/token-rows.ts';
import { decryptSecret, encryptSecret } from '../../../server/access/stored-secrets.ts';
import { inTransaction } from '../../../server/database/transactions.ts';
import { type EnvironmentRow, initialEnvironments, insertEnvironment } from '../../../server/organizations/store/environments.ts';
import { insertOrganization } from '../../../server/organizations/store/organizations.ts';
import { insertProject } from '../../../server/organizations/store/projects.ts';
import { copySampleFiles } from '../../../server/sandbox/sample-files.ts';
import { seed } from '../../../server/sandbox/seed.ts';
import type { TestServer } from '../server.ts';
import { createTranslate, insertTables, type Row, readTables, type Tables, type Translate, twinRow } from './twin-rows.ts';
import { markableWords } from './twin-words.ts';

/** An environment with the data of the sandbox, in which each id is another one and each name has the mark of the environment. */
export interface Twin {
  organizationId: string;
  projectId: string;
  environmentId: string;
  organizationKey: string;
  projectKey: string;
  environmentKey: string;
  /** The three keys, separated by `/`. */
  path: string;
  /** Turns a text of the sandbox into the text of this twin. */
  translate: Translate;
}

export interface TwinWorld {
  twins: Twin[];
  twin: (path: string) => Twin;
  /** Returns the paths of the organization, project or environment to which the ids in a text belong. */
  ownersOfIds: (text: string) => Set<string>;
  /** Returns the owners of ids and of marked words in a text. */
  ownersIn: (text: string) => Set<string>;
}

const markOf = (index: number) => `zqxvk${String.fromCharCode(97 + index)}`;
const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/gi;

/** Adds two organizations with two projects with two environments each. The default environment of both is `default/production`. */
async function insertLevels(server: TestServer) {
  const environments: Omit<Twin, 'translate'>[] = [];
  await inTransaction(server.db, async (trx) => {
    for (const organizationKey of ['alpha', 'beta']) {
      const organization = await insertOrganization(trx, server.clock.now, { key: organizationKey });
      const payroll = await insertProject(trx, server.clock.now, { organization_id: organization.id, key: 'payroll', name: 'Payroll' });
      for (const environment of initialEnvironments)
        await insertEnvironment(trx, server.clock.now, { organization_id: organization.id, project_id: payroll.id, ...environment });
      const rows: (EnvironmentRow & { project_key: string })[] = await trx('environments')
        .join('projects', 'projects.id', 'environments.project_id')
        .where('projects.organization_id', organization.id)
        .select('environments.*', 'projects.key as project_key');
      for (const row of rows)
        environments.push({
          organizationId: organization.id,
          projectId: row.project_id,
          environmentId: row.id,
          organizationKey,
          projectKey: row.project_key,
          environmentKey: row.key,
          path: `${organizationKey}/${row.project_key}/${row.key}`,
        });
    }
  });
  return environments.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Tokens of the sandbox belong to the organization; those of a twin belong to its environment, so that each has one owner. */
function twinToken(server: TestServer, row: Row, source: Row, { projectId, environmentId }: Omit<Twin, 'translate'>, mark: string): Row {
  const secret = decryptSecret(server.config.secretKey as Buffer, source as unknown as TokenRow);
  return {
    ...row,
    level: 'Environment',
    project_id: projectId,
    environment_id: environmentId,
    access_key_id: source.access_key_id && `${source.access_key_id}${mark}`,
    encrypted_secret: secret === undefined ? null : encryptSecret(server.config.secretKey as Buffer, row.id as string, secret),
  };
}

function copyImportFiles(server: TestServer, rows: Row[], translate: Translate): void {
  const pathOf = (id: string) => join(server.config.uploadDirectory, id.slice(0, 2), `${id}.csv`);
  for (const { id } of rows as { id: string }[]) {
    mkdirSync(dirname(pathOf(translate(id))), { recursive: true });
    copyFileSync(pathOf(id), pathOf(translate(id)));
  }
}

/** Seeds the server as the sandbox does, and adds eight twins of the seeded environment. The server needs the secret key of the sandbox. */
export async function givenTwins(server: TestServer): Promise<TwinWorld> {
  copySampleFiles(server.config.sharedDirectory);
  await seed(server.db, server.logDb, server.importFiles, server.log);
  const host = await server.db('organizations').first();
  const { id: environmentId, project_id } = await server.db('environments').where({ id: host.default_environment_id }).first();
  const seeded = await readTables(server.db);
  const seededLog: Tables = server.logDb === server.db ? new Map() : await readTables(server.logDb);
  const words = markableWords(seeded);
  const owners = new Map<string, string>();
  const own = (text: string, owner: string) => {
    for (const [id] of text.matchAll(uuids)) if (!owners.has(id.toLowerCase())) owners.set(id.toLowerCase(), owner);
  };
  for (const rows of [...seeded.values(), ...seededLog.values()]) for (const row of rows) own(textOf(row), 'default/default/production');

  const levels = await insertLevels(server);
  for (const level of levels) {
    own(level.environmentId, level.path);
    owners.set(level.projectId, level.path.split('/').slice(0, 2).join('/'));
    owners.set(level.organizationId, level.organizationKey);
  }
  const twins: Twin[] = [];
  for (const [index, level] of levels.entries()) {
    const mark = markOf(index);
    const known = new Map([
      [host.id, level.organizationId],
      [project_id, level.projectId],
      [environmentId, level.environmentId],
    ]);
    const translate = createTranslate(mark, words, known);
    const twinTables = (tables: Tables): Tables =>
      new Map(
        [...tables].map(([table, rows]) => {
          const translated = rows.map((row) => twinRow(row, index + 1, mark, translate));
          for (const row of translated) own(textOf(row), level.path);
          if (table === 'application_import_files') copyImportFiles(server, rows, translate);
          if (table !== 'tokens') return [table, translated];
          return [table, translated.map((row, at) => twinToken(server, row, rows[at] as Row, level, mark))];
        }),
      );
    await insertTables(server.db, twinTables(seeded));
    await insertTables(server.logDb, twinTables(seededLog));
    const sequences = await server.db('sequences').where({ environment_id: environmentId });
    for (const { name, value } of sequences)
      await server.db('sequences').where({ environment_id: level.environmentId, name }).update({ value });
    twins.push({ ...level, translate });
  }

  const ownersOfIds = (text: string) => {
    const found = new Set<string>();
    for (const [id] of text.matchAll(uuids)) if (owners.has(id.toLowerCase())) found.add(owners.get(id.toLowerCase()) as string);
    return found;
  };
  const ownersIn = (text: string) => {
    const found = ownersOfIds(text);
    for (const [mark] of text.toLowerCase().matchAll(/zqxvk[a-h]/g)) found.add(levels[mark.charCodeAt(5) - 97]?.path as string);
    return found;
  };
  const twin = (path: string) => twins.find((candidate) => candidate.path === path) as Twin;
  return { twins, twin, ownersOfIds, ownersIn };
}

/** Returns a row as text, with bytes as hexadecimal digits. */
export const textOf = (row: Row): string =>
  JSON.stringify(row, (_key, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value));

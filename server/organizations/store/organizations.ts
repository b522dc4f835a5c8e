import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId } from '../../database/key-or-id.ts';
import { initialEnvironments, insertEnvironment, insertProject, type sequences } from './environments.ts';

export interface OrganizationRow {
  id: string;
  key: string;
  name: string;
  default_environment_id: string;
  /** Whether it is the one that hosts the server: it may make others, and has the log of calls by nobody known. */
  is_host: boolean;
  created_at: Instant;
}
export type Sequence = (typeof sequences)[number];

export const findHostOrganization = (db: Db): Promise<OrganizationRow | undefined> =>
  db<OrganizationRow>('organizations').where({ is_host: true }).first();

/** Those that an organization sees: itself, or all, if it is the host. */
const seenBy = (db: Db, { organizationId, isHost }: { organizationId: string; isHost: boolean }) =>
  isHost ? db('organizations') : db('organizations').where({ id: organizationId });

export const findOrganization = (
  db: Db,
  seer: { organizationId: string; isHost: boolean },
  keyOrId: string,
): Promise<OrganizationRow | undefined> => findByKeyOrId(() => seenBy(db, seer), 'key', keyOrId);

export async function listOrganizations(
  db: Db,
  seer: { organizationId: string; isHost: boolean },
  { limit, offset }: { limit: number; offset: number },
) {
  const rows: OrganizationRow[] = await seenBy(db, seer).orderBy('key').limit(limit).offset(offset);
  const [count] = await seenBy(db, seer).count({ count: '*' });
  return { rows, totalCount: Number(count?.count) };
}

/** One at a time: what must not cross, such as making a token and revoking all. */
export const lockOrganization = async (trx: Db, id: string): Promise<void> => {
  await trx('organizations').where({ id }).forUpdate().first('id');
};

interface NewOrganization {
  /** Its key, and its name, unless that is given. */
  organization: string;
  name?: string;
  isHost?: boolean;
}

/** An organization with a project `default`, whose `production` is its default environment. Throws a duplicate key when the key is taken. */
export async function insertOrganization(
  trx: Db,
  now: Date,
  { organization: key, name = key, isHost = false }: NewOrganization,
  ids = { organization: randomUUID() as string, project: randomUUID() as string, environment: randomUUID() as string },
): Promise<OrganizationRow> {
  const row = {
    id: ids.organization,
    key,
    name,
    default_environment_id: ids.environment,
    is_host: isHost,
    created_at: toInstant(now),
  };
  await trx('organizations').insert(row);
  const project = await insertProject(trx, now, { id: ids.project, organization_id: row.id, key: 'default', name: 'default' });
  for (const environment of initialEnvironments)
    await insertEnvironment(trx, now, {
      organization_id: row.id,
      project_id: project.id,
      ...environment,
      ...(environment.key === 'production' && { id: ids.environment }),
    });
  return row;
}

/** The next numbers of a kind in an environment; the row is locked until the transaction ends, so none is given twice or skipped. */
export async function nextNumbers(trx: Db, environmentId: string, name: Sequence, count: number): Promise<number[]> {
  const row = () => trx('sequences').where({ environment_id: environmentId, name });
  await row().increment('value', count);
  const { value } = await row().first();
  return Array.from({ length: count }, (_, index) => value - count + 1 + index);
}

export const nextNumber = async (trx: Db, environmentId: string, name: Sequence): Promise<number> =>
  (await nextNumbers(trx, environmentId, name, 1))[0] as number;

/** Sets the number that was given last. */
export const setNumber = async (trx: Db, environmentId: string, name: Sequence, value: number): Promise<void> => {
  await trx('sequences').where({ environment_id: environmentId, name }).update({ value });
};

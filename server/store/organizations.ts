import { randomUUID } from 'node:crypto';
import type { Db } from './database.ts';
import { toInstant } from './instants.ts';

export interface OrganizationRow {
  id: string;
  key: string;
  name: string;
  default_environment_id: string;
  created_at: string;
}

/** What is numbered in each environment. */
const sequences = ['application_imports', 'personnel_events', 'access_requests'] as const;
export type Sequence = (typeof sequences)[number];

/** The oldest organization, which is the only one until there are operations that make others. */
export const findFirstOrganization = (db: Db): Promise<OrganizationRow | undefined> =>
  db<OrganizationRow>('organizations').orderBy('created_at').first();

/** An organization with one project and its default environment. Throws a duplicate key when the key is taken. */
export async function insertOrganization(
  trx: Db,
  now: Date,
  names: { organization: string; project: string; environment: string },
  ids = { organization: randomUUID() as string, project: randomUUID() as string, environment: randomUUID() as string },
): Promise<OrganizationRow> {
  const created_at = toInstant(now);
  const { organization: organizationId, project: projectId, environment: environmentId } = ids;
  const row = {
    id: organizationId,
    key: names.organization,
    name: names.organization,
    default_environment_id: environmentId,
    created_at,
  };
  await trx('organizations').insert(row);
  await trx('projects').insert({
    id: projectId,
    organization_id: organizationId,
    key: names.project,
    name: names.project,
    created_at,
  });
  await trx('environments').insert({
    id: environmentId,
    project_id: projectId,
    key: names.environment,
    name: names.environment,
    created_at,
  });
  await trx('sequences').insert(sequences.map((name) => ({ environment_id: environmentId, name, value: 0 })));
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

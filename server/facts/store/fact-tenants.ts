import { randomUUID } from 'node:crypto';
import type { EntryChange } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId, isId, isKeyOrId, lockById } from '../../database/key-or-id.ts';
import { phrasesOf, type SearchedList, updatePhrases } from '../../database/search-phrases.ts';
import { listSearched } from '../../database/searched-lists.ts';

export type Attributes = Record<string, unknown>;

export interface FactTenantRow {
  id: string;
  environment_id: string;
  tenant_key: string;
  name: string;
  description: string | null;
  attributes: Attributes;
  created_at: Instant;
  updated_at: Instant;
  last_action_at: Instant | null;
}
export type FactTenantValues = Pick<FactTenantRow, 'name' | 'description' | 'attributes'>;
type Slice = { limit: number; offset: number };

interface Stored extends Omit<FactTenantRow, 'attributes'> {
  attributes: string;
}
const fromStored = (row: Stored): FactTenantRow => ({ ...row, attributes: JSON.parse(row.attributes) });
const toStored = (row: FactTenantRow): Stored => ({ ...row, attributes: JSON.stringify(row.attributes) });

/** Returns the phrases by which a search finds a tenant. */
export const phrasesOfTenant = ({ tenant_key, name }: FactTenantRow): string[] => phrasesOf([tenant_key, name]);

const tenantListOf = (environmentId: string): SearchedList => ({
  table: 'fact_tenants',
  order: 'tenant_key',
  where: { environment_id: environmentId },
});
/** The change of the environment's tenant count for `recordEntryChanges`: 1 for a new tenant, -1 for a deleted one. */
export const tenantEntry = (row: FactTenantRow, by: 1 | -1): EntryChange => ({
  list: tenantListOf(row.environment_id),
  key: row.tenant_key,
  by,
});

/** Finds a tenant by its key or id. `lock` prevents changes of it, its members and its roles until the transaction ends. */
export async function findTenant(
  db: Db,
  environmentId: string,
  keyOrId: string,
  { lock = false } = {},
): Promise<FactTenantRow | undefined> {
  const rows = () => db('fact_tenants').where({ environment_id: environmentId });
  const found = await findByKeyOrId<Stored>(rows, 'tenant_key', keyOrId);
  const row = found && lock ? await lockById<Stored>(rows, found.id) : found;
  return row && fromStored(row);
}

export async function findTenantByKey(db: Db, environmentId: string, key: string): Promise<FactTenantRow | undefined> {
  const row = await db<Stored>('fact_tenants').where({ environment_id: environmentId, tenant_key: key }).first();
  return row && fromStored(row as Stored);
}

/** Finds the ids of tenants by their ids or keys, ids first. Returns a map from the requested text to the id, without the unknown ones. */
export async function findTenantIds(db: Db, environmentId: string, keysOrIds: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const requested = [...new Set(keysOrIds)].filter(isKeyOrId);
  if (requested.length === 0) return found;
  const rows = () => db<Stored>('fact_tenants').where({ environment_id: environmentId }).select('id', 'tenant_key');
  for (const { id, tenant_key } of await rows().whereIn('tenant_key', requested)) found.set(tenant_key, id);
  const ids = requested.filter(isId);
  if (ids.length === 0) return found;
  const byId = new Map((await rows().whereIn('id', ids)).map(({ id }) => [id.toLowerCase(), id]));
  for (const requestedId of ids) {
    const id = byId.get(requestedId.toLowerCase());
    if (id) found.set(requestedId, id);
  }
  return found;
}

/**
 * Locks tenants until the transaction ends, so that they are not changed or deleted. Returns the ones that exist, by id.
 *
 * Always locks in the order of the ids, to avoid deadlocks.
 */
export async function lockTenants(trx: Db, ids: string[]): Promise<Map<string, Pick<FactTenantRow, 'id' | 'tenant_key'>>> {
  const rows = await trx<Stored>('fact_tenants').whereIn('id', ids).orderBy('id').forUpdate().select('id', 'tenant_key');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Returns undefined if the search has too many matches. */
export async function listTenants(db: Db, environmentId: string, slice: Slice & { search?: string | undefined }) {
  const found = await listSearched<Stored>(db, tenantListOf(environmentId), slice);
  return found && { rows: found.rows.map(fromStored), totalCount: found.totalCount };
}

/** Inserts a tenant. Throws a duplicate key error if the key is taken. */
export async function insertTenant(
  trx: Db,
  now: Date,
  values: Pick<FactTenantRow, 'environment_id' | 'tenant_key'> & FactTenantValues & Partial<Pick<FactTenantRow, 'id'>>,
): Promise<FactTenantRow> {
  const createdAt = toInstant(now);
  const row: FactTenantRow = { id: randomUUID(), created_at: createdAt, updated_at: createdAt, last_action_at: null, ...values };
  await trx('fact_tenants').insert(toStored(row));
  await updatePhrases(trx, tenantListOf(row.environment_id), row.tenant_key, { after: phrasesOfTenant(row) });
  return row;
}

/** Updates a tenant, which must be locked. */
export async function updateTenant(trx: Db, now: Date, row: FactTenantRow, changes: Partial<FactTenantValues>): Promise<FactTenantRow> {
  const changed = { ...row, ...changes, updated_at: toInstant(now) };
  await trx('fact_tenants').where({ id: row.id }).update(toStored(changed));
  const phrases = { before: phrasesOfTenant(row), after: phrasesOfTenant(changed) };
  await updatePhrases(trx, tenantListOf(row.environment_id), row.tenant_key, phrases);
  return changed;
}

/** Records that members or roles of the tenants have changed. */
export const touchTenants = (trx: Db, now: Date, ids: string[]): Promise<number> =>
  trx('fact_tenants')
    .whereIn('id', ids)
    .update({ last_action_at: toInstant(now) });

/** Deletes a tenant, which must be locked. `deleted-tenants.ts` deletes its memberships and roles. */
export async function deleteTenant(trx: Db, row: FactTenantRow): Promise<void> {
  await trx('fact_tenants').where({ id: row.id }).delete();
  await updatePhrases(trx, tenantListOf(row.environment_id), row.tenant_key, { before: phrasesOfTenant(row) });
}

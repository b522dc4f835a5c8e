import { randomUUID } from 'node:crypto';
import type { CountedList, EntryChange } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import { type Instant, toInstant } from '../../database/instants.ts';
import { findByKeyOrId, isId, isKeyOrId, lockById } from '../../database/key-or-id.ts';
import { listSearched, searchTextOf } from '../../database/searched-lists.ts';

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
type Found = Promise<{ rows: FactTenantRow[]; totalCount: number }>;

interface Stored extends Omit<FactTenantRow, 'attributes'> {
  attributes: string;
  search_text: string;
}
const fromStored = ({ search_text, ...row }: Stored): FactTenantRow => ({ ...row, attributes: JSON.parse(row.attributes) });
const toStored = (row: FactTenantRow): Stored => ({
  ...row,
  attributes: JSON.stringify(row.attributes),
  search_text: searchTextOf(row.tenant_key, row.name),
});

const tenantsOf = (environmentId: string): CountedList => ({
  table: 'fact_tenants',
  order: 'tenant_key',
  where: { environment_id: environmentId },
});
export const tenantEntry = (row: FactTenantRow, by: 1 | -1): EntryChange => ({
  list: tenantsOf(row.environment_id),
  key: row.tenant_key,
  by,
});

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

/** The ids behind keys or ids, by what was asked; unknown ones are left out. */
export async function findTenantIds(db: Db, environmentId: string, keysOrIds: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const asked = [...new Set(keysOrIds)].filter(isKeyOrId);
  if (asked.length === 0) return found;
  const rows = () => db<Stored>('fact_tenants').where({ environment_id: environmentId }).select('id', 'tenant_key');
  for (const { id, tenant_key } of await rows().whereIn('tenant_key', asked)) found.set(tenant_key, id);
  const ids = asked.filter((one) => isId(one) && !found.has(one));
  if (ids.length === 0) return found;
  const byId = new Map((await rows().whereIn('id', ids)).map(({ id }) => [id.toLowerCase(), id]));
  for (const asked of ids) {
    const id = byId.get(asked.toLowerCase());
    if (id) found.set(asked, id);
  }
  return found;
}

/** Keeps tenants from changing and from going until the transaction ends; answers those that are still there, by id. Always in one order: no deadlock. */
export async function lockTenants(trx: Db, ids: string[]): Promise<Map<string, Pick<FactTenantRow, 'id' | 'tenant_key'>>> {
  const rows = await trx<Stored>('fact_tenants').whereIn('id', ids).orderBy('id').forUpdate().select('id', 'tenant_key');
  return new Map(rows.map((row) => [row.id, row]));
}

export async function listTenants(db: Db, environmentId: string, slice: Slice & { search?: string | undefined }): Found {
  const { rows, totalCount } = await listSearched<Stored>(db, tenantsOf(environmentId), slice);
  return { rows: rows.map(fromStored), totalCount };
}

/** Throws a duplicate key when the key is taken. */
export async function insertTenant(
  trx: Db,
  now: Date,
  values: Pick<FactTenantRow, 'environment_id' | 'tenant_key'> & FactTenantValues & Partial<Pick<FactTenantRow, 'id'>>,
): Promise<FactTenantRow> {
  const at = toInstant(now);
  const row: FactTenantRow = { id: randomUUID(), created_at: at, updated_at: at, last_action_at: null, ...values };
  await trx('fact_tenants').insert(toStored(row));
  return row;
}

export async function updateTenant(trx: Db, now: Date, row: FactTenantRow, changes: Partial<FactTenantValues>): Promise<FactTenantRow> {
  const changed = { ...row, ...changes, updated_at: toInstant(now) };
  await trx('fact_tenants').where({ id: row.id }).update(toStored(changed));
  return changed;
}

/** For when their members or roles change. */
export const touchTenants = (trx: Db, now: Date, ids: string[]): Promise<number> =>
  trx('fact_tenants')
    .whereIn('id', ids)
    .update({ last_action_at: toInstant(now) });

export const deleteTenant = (trx: Db, id: string): Promise<number> => trx('fact_tenants').where({ id }).delete();

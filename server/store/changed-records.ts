import type { RowsKind } from './applications.ts';
import type { Db } from './database.ts';

export type Attributes = Record<string, string>;

const records = 'application_records';

/** The next keys behind `after` whose records are new or changed in the second generation, or gone in it; in order, `limit` at most. */
export async function listChangedKeys(
  db: Db,
  rows: RowsKind,
  what: 'changed' | 'gone',
  { before, now }: { before: number | null; now: number | null },
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const [from, to] = what === 'changed' ? [now, before] : [before, now];
  const found: { record_key: string }[] = await db(`${records} as one`)
    .leftJoin(`${records} as other`, (on) =>
      on
        .on('other.record_key', 'one.record_key')
        .on('other.rows_kind', 'one.rows_kind')
        .onVal('other.generation_id', to ?? -1),
    )
    .where({ 'one.generation_id': from ?? -1, 'one.rows_kind': rows })
    .where('one.record_key', '>', after)
    .where((isChanged) => {
      isChanged.whereNull('other.record_key');
      if (what === 'changed') isChanged.orWhereRaw('other.attributes <> one.attributes');
    })
    .orderBy('one.record_key')
    .limit(limit)
    .select('one.record_key');
  return found.map(({ record_key }) => record_key);
}

/** The attributes that a generation has for some keys. */
export async function findAttributes(
  db: Db,
  rows: RowsKind,
  generationId: number | null,
  keys: string[],
): Promise<Map<string, Attributes>> {
  if (generationId === null) return new Map();
  const found: { record_key: string; attributes: string }[] = await db(records)
    .where({ generation_id: generationId, rows_kind: rows })
    .whereIn('record_key', keys)
    .select('record_key', 'attributes');
  return new Map(found.map(({ record_key, attributes }) => [record_key, JSON.parse(attributes)]));
}

import type { Db } from '../../database/database.ts';
import type { RowsKind } from './applications.ts';

export type Attributes = Record<string, string>;

const records = 'application_records';
const keysLookedAt = 20_000;

/**
 * The next keys behind `after` whose records are new or changed in the second generation, or gone in it; in order, `limit` at most.
 *
 * Looks at so many keys at once that it does not take long, so there may be none; `after` says where to go on, and is undefined at the end.
 */
export async function listChangedKeys(
  db: Db,
  rows: RowsKind,
  what: 'changed' | 'gone',
  { before, now }: { before: number | null; now: number | null },
  { after, limit }: { after: string; limit: number },
): Promise<{ keys: string[]; after: string | undefined }> {
  const [from, to] = what === 'changed' ? [now, before] : [before, now];
  const all = () =>
    db(`${records} as one`)
      .where({ 'one.generation_id': from ?? -1, 'one.rows_kind': rows })
      .where('one.record_key', '>', after)
      .orderBy('one.record_key');
  const last: { record_key: string } | undefined = await all()
    .offset(keysLookedAt - 1)
    .first('one.record_key');
  const found: { record_key: string }[] = await all()
    .leftJoin(`${records} as other`, (on) =>
      on
        .on('other.record_key', 'one.record_key')
        .on('other.rows_kind', 'one.rows_kind')
        .onVal('other.generation_id', to ?? -1),
    )
    .where((inRange) => (last ? inRange.where('one.record_key', '<=', last.record_key) : inRange))
    .where((isChanged) => {
      isChanged.whereNull('other.record_key');
      if (what === 'changed') isChanged.orWhereRaw('other.attributes <> one.attributes');
    })
    .limit(limit)
    .select('one.record_key');
  const keys = found.map(({ record_key }) => record_key);
  return { keys, after: keys.length === limit ? keys.at(-1) : last?.record_key };
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

import type { Db } from '../../database/database.ts';
import type { RowsKind } from './applications.ts';

export type Attributes = Record<string, string>;

const records = 'application_records';
const keysComparedMax = 20_000;

/**
 * Returns the next keys after `after`, in order and `limit` at most, that differ between two generations.
 *
 * `changed` lists keys that are new or have other attributes in generation `now`; `gone` lists keys of generation `before` that `now` lacks.
 * Compares at most 20,000 keys per call to keep the statement short, so the result may be empty before the end. Pass the returned `after` to
 * the next call. It is undefined at the end.
 */
export async function listChangedKeys(
  db: Db,
  rowsKind: RowsKind,
  change: 'changed' | 'gone',
  { before, now }: { before: number | null; now: number | null },
  { after, limit }: { after: string; limit: number },
): Promise<{ keys: string[]; after: string | undefined }> {
  const [listedId, comparedId] = change === 'changed' ? [now, before] : [before, now];
  const listedRecords = () =>
    db(`${records} as listed`)
      .where({ 'listed.generation_id': listedId ?? -1, 'listed.rows_kind': rowsKind })
      .where('listed.record_key', '>', after)
      .orderBy('listed.record_key');
  const last: { record_key: string } | undefined = await listedRecords()
    .offset(keysComparedMax - 1)
    .first('listed.record_key');
  const rows: { record_key: string }[] = await listedRecords()
    .leftJoin(`${records} as compared`, (on) =>
      on
        .on('compared.record_key', 'listed.record_key')
        .on('compared.rows_kind', 'listed.rows_kind')
        .onVal('compared.generation_id', comparedId ?? -1),
    )
    .where((inRange) => (last ? inRange.where('listed.record_key', '<=', last.record_key) : inRange))
    .where((isDifferent) => {
      isDifferent.whereNull('compared.record_key');
      if (change === 'changed') isDifferent.orWhereRaw('compared.attributes <> listed.attributes');
    })
    .limit(limit)
    .select('listed.record_key');
  const keys = rows.map(({ record_key }) => record_key);
  return { keys, after: keys.length === limit ? keys.at(-1) : last?.record_key };
}

/** Returns the attributes of some keys in a generation, by key. Omits keys without a record. */
export async function findAttributes(
  db: Db,
  rowsKind: RowsKind,
  generationId: number | null,
  keys: string[],
): Promise<Map<string, Attributes>> {
  if (generationId === null) return new Map();
  const rows: { record_key: string; attributes: string }[] = await db(records)
    .where({ generation_id: generationId, rows_kind: rowsKind })
    .whereIn('record_key', keys)
    .select('record_key', 'attributes');
  return new Map(rows.map(({ record_key, attributes }) => [record_key, JSON.parse(attributes)]));
}

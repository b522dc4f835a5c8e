/** Reads related rows by id with one query. Returns a look-up by id that ignores case. */
export async function findRelatedRows<Row extends { id: string }>(list: (ids: string[]) => Promise<Row[]>, ids: (string | null)[]) {
  const rows = await list([...new Set(ids.flatMap((id) => id?.toLowerCase() ?? []))]);
  const rowsById = new Map(rows.map((row) => [row.id.toLowerCase(), row]));
  return (id: string | null) => (id === null ? undefined : rowsById.get(id.toLowerCase()));
}

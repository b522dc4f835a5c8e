import { type CountedList, type EntryChange, recordEntryChanges } from '../../database/counted-lists.ts';
import type { Db } from '../../database/database.ts';
import type { Instant } from '../../database/instants.ts';

interface ListedImport {
  environment_id: string;
  application_id: string;
  sort_key: string;
}

/** In place of the build start of imports that have not started, so lists show them first. */
const startOfPending: Instant = '9999-12-31 23:59:59.999';

/** The order of lists: the build start, then the number. */
export const importSortKeyOf = ({ build_start, number }: { build_start: Instant | null; number: number }): string =>
  `${build_start ?? startOfPending} ${String(number).padStart(10, '0')}`;

/** The list of the imports of an environment, or of one application. */
export const importListOf = (environment_id: string, applicationId?: string): CountedList => ({
  table: 'application_imports',
  order: 'sort_key',
  where: { environment_id, ...(applicationId !== undefined && { application_id: applicationId.toLowerCase() }) },
});

const entriesOf = ({ environment_id, application_id, sort_key }: ListedImport, by: 1 | -1): EntryChange[] =>
  [importListOf(environment_id), importListOf(environment_id, application_id)].map((list) => ({ list, key: sort_key, by }));

/** Counts a new import in its lists. Must run in the transaction that inserts it. */
export const recordImport = (trx: Db, row: ListedImport): Promise<void> => recordEntryChanges(trx, entriesOf(row, 1));

/** Counts an import at its new place. Must run in the transaction that changes its sort key. */
export async function recordImportMove(trx: Db, before: ListedImport, sort_key: string): Promise<void> {
  if (before.sort_key === sort_key) return;
  await recordEntryChanges(trx, [...entriesOf(before, -1), ...entriesOf({ ...before, sort_key }, 1)]);
}

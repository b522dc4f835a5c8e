import type { ApplicationSummary, LastImport } from '../../generated/types.gen.ts';
import { isoOrNull } from '../database/instants.ts';
import type { ImportSummaryRow } from './store/application-imports.ts';
import type { ApplicationRow } from './store/applications.ts';

export const presentApplicationSummary = (
  row: Pick<ApplicationRow, 'id' | 'name' | 'priority' | 'is_archived' | 'last_updated'>,
): ApplicationSummary => ({
  id: row.id,
  kind: 'Application',
  name: row.name,
  priority: row.priority,
  isArchived: Boolean(row.is_archived),
  lastUpdated: isoOrNull(row.last_updated),
});

export const presentImportHead = (row: ImportSummaryRow): LastImport => ({
  id: row.id,
  kind: 'Application Import',
  number: row.number,
  type: row.type,
  status: row.status,
  buildStart: isoOrNull(row.build_start),
  buildEnd: isoOrNull(row.build_end),
});

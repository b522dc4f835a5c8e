import type { ApplicationImport, ApplicationSummary, LastImport } from '../../generated/types.gen.ts';
import { isoOrNull } from '../database/instants.ts';
import type { ApplicationImportRow, ImportFileRow, ImportSummaryRow } from './store/application-imports.ts';
import type { ApplicationSummaryRow } from './store/applications.ts';

export const presentApplicationSummary = (row: ApplicationSummaryRow): ApplicationSummary => ({
  id: row.id,
  kind: 'Application',
  name: row.name,
  priority: row.priority,
  isArchived: Boolean(row.is_archived),
  lastUpdated: isoOrNull(row.last_updated),
});

export const presentImportSummary = (row: ImportSummaryRow): LastImport => ({
  id: row.id,
  kind: 'Application Import',
  number: row.number,
  type: row.type,
  status: row.status,
  buildStart: isoOrNull(row.build_start),
  buildEnd: isoOrNull(row.build_end),
});

export function presentApplicationImport(
  row: ApplicationImportRow,
  files: Pick<ImportFileRow, 'id' | 'file_group_id' | 'file_group' | 'name'>[],
  application: ApplicationSummaryRow,
): ApplicationImport {
  const { buildStart, buildEnd, ...summary } = presentImportSummary(row);
  return {
    ...summary,
    createdBy: row.created_by,
    buildStart,
    buildEnd,
    log: row.log,
    files: files.map(({ id, file_group_id, file_group, name }) => ({ id, fileGroupId: file_group_id, fileGroup: file_group, name })),
    metrics: row.metrics && row.status === 'Finished' ? JSON.parse(row.metrics) : null,
    application: presentApplicationSummary(application),
  };
}

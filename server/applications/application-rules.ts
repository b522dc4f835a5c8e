import type { ConnectorInput, FieldError, ImportScheduleInput } from '../../generated/types.gen.ts';
import { isSameId } from '../common/ids.ts';
import { isTimeZone } from '../organizations/time-zones.ts';
import { nextRunOf } from './cron.ts';
import { fieldsOf, rowFields } from './row-fields.ts';
import { partsOfSharedPath } from './shared-directory/shared-path.ts';
import type { Connector, FileGroup, ImportSchedule } from './store/applications.ts';

function columnErrors({ rows, columns }: Pick<FileGroup, 'rows' | 'columns'>, field: string): FieldError[] {
  const known = fieldsOf(rows);
  const unknown = Object.keys(columns).filter((name) => !known.includes(name));
  const missing = rowFields[rows].required.filter((alternatives) => !alternatives.some((name) => columns[name] !== undefined));
  return [
    ...unknown.map((name) => ({ field: `${field}.${name}`, message: `Is not a field of ${rows}; possible fields: ${known.join(', ')}` })),
    ...(missing.length > 0
      ? [
          {
            field,
            message: `Must have a column for ${missing.map((alternatives) => alternatives.join(' or ')).join(', and one for ')}`,
          },
        ]
      : []),
  ];
}

/** Checks the rules that the schema of a connector can't express: columns are fields of the rows, file group ids are unique. */
export function connectorErrors(connector: ConnectorInput): FieldError[] {
  return connector.fileGroups.flatMap((group, index) => {
    const field = `connector.fileGroups.${index}`;
    const isRepeated = connector.fileGroups.slice(0, index).some(({ id }) => id && group.id && isSameId(id, group.id));
    return [
      ...(isRepeated ? [{ field: `${field}.id`, message: 'Is already the id of another file group' }] : []),
      ...columnErrors(group, `${field}.columns`),
    ];
  });
}

/** Checks the times of an import schedule. */
export function scheduleTimeErrors({ cron = null, timeZone = 'UTC' }: ImportScheduleInput): FieldError[] {
  const errors: FieldError[] = [];
  if (!isTimeZone(timeZone)) errors.push({ field: 'importSchedule.timeZone', message: 'Must be an IANA time zone, such as Europe/Berlin' });
  else if (cron !== null)
    try {
      if (nextRunOf({ cron, timeZone }, new Date()) === null)
        errors.push({ field: 'importSchedule.cron', message: 'Must match a date in the future' });
    } catch {
      errors.push({ field: 'importSchedule.cron', message: 'Must be five cron fields, such as 0 2 * * *' });
    }

  return errors;
}

/** Checks that the files of an import schedule match the connector's file groups. */
export function scheduleFileErrors(schedule: Pick<ImportScheduleInput, 'files'>, connector: Connector | null): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, { fileGroupId, path }] of schedule.files.entries()) {
    const field = `importSchedule.files.${index}`;
    if (!connector?.fileGroups.some(({ id }) => isSameId(id, fileGroupId)))
      errors.push({ field: `${field}.fileGroupId`, message: "Is not a file group of the application's connector" });
    else if (schedule.files.slice(0, index).some((file) => isSameId(file.fileGroupId, fileGroupId)))
      errors.push({ field: `${field}.fileGroupId`, message: 'Must appear only once in files' });
    if (!partsOfSharedPath(path))
      errors.push({ field: `${field}.path`, message: "Must be a relative path to a file inside the environment's shared folder" });
  }
  const missing = (connector?.fileGroups ?? [])
    .filter(({ id, isRequired }) => isRequired && !schedule.files.some(({ fileGroupId }) => isSameId(fileGroupId, id)))
    .map(({ id, name }) => `${name} (${id})`);
  if (missing.length > 0)
    errors.push({
      field: 'importSchedule.files',
      message: `Must have a path for every required file group; missing: ${missing.join(', ')}`.slice(0, 2000),
    });
  return errors;
}

export const toConnector = (input: ConnectorInput, newId: () => string): Connector => ({
  name: input.name,
  version: input.version ?? null,
  fileGroups: input.fileGroups.map(({ id = newId(), isRequired = true, delimiter = ',', ...group }) => ({
    id,
    ...group,
    isRequired,
    delimiter,
  })),
});

export const toSchedule = ({ cron = null, timeZone = 'UTC', files }: ImportScheduleInput): ImportSchedule => ({ cron, timeZone, files });

import type { RowsKind } from './store/applications.ts';

interface RowFields {
  /** Required fields. A connector must map at least one field of each inner list. */
  required: string[][];
  optional: string[];
}

/** Fields that an import file can have, by kind of rows. Documented in `openapi.yaml` under `Columns`. */
export const rowFields: Record<RowsKind, RowFields> = {
  users: { required: [['key']], optional: ['name', 'emailAddress', 'employeeNumber', 'status', 'description', 'lastLoginDate'] },
  groups: { required: [['key']], optional: ['name', 'description'] },
  privileges: { required: [['name'], ['userKey', 'groupKey']], optional: ['value', 'description'] },
  identities: {
    required: [['key']],
    optional: [
      'firstName',
      'lastName',
      'emailAddress',
      'type',
      'title',
      'company',
      'division',
      'department',
      'office',
      'supervisorKey',
      'createdDate',
      'updatedDate',
      'status',
    ],
  },
};

export const fieldsOf = (rowsKind: RowsKind): string[] => [...rowFields[rowsKind].required.flat(), ...rowFields[rowsKind].optional];

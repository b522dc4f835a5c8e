import type { FileGroup, RowsKind } from './store/applications.ts';

export interface RowFields {
  /** Fields a connector must map, each group by at least one. */
  mapped: string[][];
  others: string[];
}

/** The fields of each kind of row; the table under `Columns` in `openapi.yaml` says the same in words. */
export const rowFields: Record<RowsKind, RowFields> = {
  users: { mapped: [['key']], others: ['name', 'emailAddress', 'employeeNumber', 'status', 'description', 'lastLoginDate'] },
  groups: { mapped: [['key']], others: ['name', 'description'] },
  privileges: { mapped: [['name'], ['userKey', 'groupKey']], others: ['value', 'description'] },
  identities: {
    mapped: [['key']],
    others: [
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

export const fieldsOf = (rows: RowsKind): string[] => [...rowFields[rows].mapped.flat(), ...rowFields[rows].others];

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const controlCharacter = /[\u0000-\u001f\u007f]/;
const keyCharactersMax = 512;
const valueCharactersMax = 10_000;
/** What becomes a column of its own may be no longer than that column. */
const personCharactersMax = 256;

/** A person is named by what `users` rows say of employee number and e-mail address. */
export type RecordOrFault =
  | { key: string; attributes: string; personNumber: string | null; personEmail: string | null }
  | { fault: string };

/** The columns of a connector that a file's header does not have. */
export function missingColumns(group: FileGroup, header: string[]): string[] {
  const names = new Set(header.map((name) => name.trim().toLowerCase()));
  return Object.values(group.columns).filter((column) => !names.has(column.trim().toLowerCase()));
}

/**
 * Prepares the reading of rows under a header: values are trimmed, empty ones left out.
 *
 * The attributes are written in one order whatever the file's, so that the same data is the same text in the next import.
 */
export function recordReader(group: FileGroup, header: string[]): (values: string[]) => RecordOrFault {
  const names = header.map((name) => name.trim().toLowerCase());
  const indexOf = (field: string) => {
    const column = group.columns[field];
    return column === undefined ? -1 : names.indexOf(column.trim().toLowerCase());
  };
  const fields = fieldsOf(group.rows)
    .map((field) => ({ field, prefix: `${JSON.stringify(field)}:`, index: indexOf(field), column: group.columns[field] as string }))
    .filter(({ index }) => index !== -1);
  const isPrivilege = group.rows === 'privileges';
  const keyFields = isPrivilege ? ['userKey', 'groupKey', 'name'] : ['key'];
  const keys = keyFields.map((field) => ({ index: indexOf(field), column: group.columns[field] ?? field }));
  const attributes = fields.filter(({ field }) => field !== 'key');
  const charactersMax = group.rows === 'identities' ? personCharactersMax : valueCharactersMax;
  const indexOfPerson = (field: string) => (group.rows === 'users' ? indexOf(field) : -1);
  const [numberIndex, emailIndex] = [indexOfPerson('employeeNumber'), indexOfPerson('emailAddress')];
  const person = (values: string[], index: number) => {
    const value = index === -1 ? '' : (values[index] as string).trim().toLowerCase();
    return value === '' || value.length > personCharactersMax || controlCharacter.test(value) ? null : value;
  };

  return (values) => {
    if (values.length !== names.length) return { fault: `has ${values.length} columns where the header has ${names.length}` };
    const parts = keys.map(({ index }) => (index === -1 ? '' : (values[index] as string).trim()));
    const [first, second, name] = parts as [string, string?, string?];
    if (isPrivilege && name === '') return { fault: `${keys[2]?.column} is empty` };
    if (isPrivilege && first === '' && second === '')
      return {
        fault: `${keys
          .slice(0, 2)
          .filter(({ index }) => index !== -1)
          .map(({ column }) => column)
          .join(' and ')} is empty`,
      };
    if (!isPrivilege && first === '') return { fault: `${keys[0]?.column} is empty` };
    const key = isPrivilege ? JSON.stringify(parts) : first;
    if (controlCharacter.test(first)) return { fault: `${keys[0]?.column} holds a control character` };
    if (key.length > keyCharactersMax) return { fault: `the key has more than ${keyCharactersMax} characters` };

    let text = '';
    for (const { prefix, index, column } of attributes) {
      const value = (values[index] as string).trim();
      if (value === '') continue;
      if (value.length > charactersMax) return { fault: `${column} has more than ${charactersMax} characters` };
      text += `${text === '' ? '' : ','}${prefix}${JSON.stringify(value)}`;
    }
    return { key, attributes: `{${text}}`, personNumber: person(values, numberIndex), personEmail: person(values, emailIndex) };
  };
}

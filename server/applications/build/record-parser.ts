import { fieldsOf } from '../row-fields.ts';
import type { FileGroup } from '../store/applications.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for control characters.
const controlCharacter = /[\u0000-\u001f\u007f]/;
const keyCharactersMax = 512;
const valueCharactersMax = 10_000;
/** Length of the columns that store fields of people: `person_number`, `person_email` and those of `identities`. */
const personCharactersMax = 256;

/**
 * A record as stored, or the reason why its row is rejected.
 *
 * `personNumber` and `personEmail` identify the person of a `users` row: its employee number and e-mail address in lower case.
 */
type RecordOrFault = { key: string; attributes: string; personNumber: string | null; personEmail: string | null } | { fault: string };

const columnKey = (name: string) => name.trim().toLowerCase();

/** Returns the columns that a connector maps and that the header of a file lacks. */
export function missingColumns(group: FileGroup, header: string[]): string[] {
  const columnsInFile = new Set(header.map(columnKey));
  return Object.values(group.columns).filter((column) => !columnsInFile.has(columnKey(column)));
}

/**
 * Returns a function that turns a row below `header` into a record. It trims values and omits empty ones.
 *
 * The order of attributes does not depend on the order of columns, so equal data is equal text in every import.
 */
export function createRecordParser(group: FileGroup, header: string[]): (values: string[]) => RecordOrFault {
  const columnKeys = header.map(columnKey);
  const indexOf = (field: string) => {
    const column = group.columns[field];
    return column === undefined ? -1 : columnKeys.indexOf(columnKey(column));
  };
  const fields = fieldsOf(group.rows)
    .map((field) => ({ field, prefix: `${JSON.stringify(field)}:`, index: indexOf(field), column: group.columns[field] as string }))
    .filter(({ index }) => index !== -1);
  const isPrivilege = group.rows === 'privileges';
  const keyFields = isPrivilege ? ['userKey', 'groupKey', 'name'] : ['key'];
  const keyColumns = keyFields.map((field) => ({ index: indexOf(field), column: group.columns[field] ?? field }));
  const attributes = fields.filter(({ field }) => field !== 'key');
  const charactersMax = group.rows === 'identities' ? personCharactersMax : valueCharactersMax;
  const indexOfPerson = (field: string) => (group.rows === 'users' ? indexOf(field) : -1);
  const [numberIndex, emailIndex] = [indexOfPerson('employeeNumber'), indexOfPerson('emailAddress')];
  const personValue = (values: string[], index: number) => {
    const value = index === -1 ? '' : (values[index] as string).trim().toLowerCase();
    return value === '' || value.length > personCharactersMax || controlCharacter.test(value) ? null : value;
  };

  return (values) => {
    if (values.length !== columnKeys.length) return { fault: `has ${values.length} columns where the header has ${columnKeys.length}` };
    const keyParts = keyColumns.map(({ index }) => (index === -1 ? '' : (values[index] as string).trim()));
    const [first, second, name] = keyParts as [string, string?, string?];
    if (isPrivilege && name === '') return { fault: `${keyColumns[2]?.column} is empty` };
    if (isPrivilege && first === '' && second === '')
      return {
        fault: `${keyColumns
          .slice(0, 2)
          .filter(({ index }) => index !== -1)
          .map(({ column }) => column)
          .join(' and ')} is empty`,
      };
    if (!isPrivilege && first === '') return { fault: `${keyColumns[0]?.column} is empty` };
    const key = isPrivilege ? JSON.stringify(keyParts) : first;
    if (controlCharacter.test(first)) return { fault: `${keyColumns[0]?.column} holds a control character` };
    if (key.length > keyCharactersMax) return { fault: `the key has more than ${keyCharactersMax} characters` };

    let text = '';
    for (const { prefix, index, column } of attributes) {
      const value = (values[index] as string).trim();
      if (value === '') continue;
      if (value.length > charactersMax) return { fault: `${column} has more than ${charactersMax} characters` };
      text += `${text === '' ? '' : ','}${prefix}${JSON.stringify(value)}`;
    }
    return {
      key,
      attributes: `{${text}}`,
      personNumber: personValue(values, numberIndex),
      personEmail: personValue(values, emailIndex),
    };
  };
}

import type { Shown } from './visible-fields.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows of any table.
export type Row = Record<string, any>;

/** Another value of stored data. A caller who sees none of the places that show it must not notice the difference. */
export interface Variant {
  table: string;
  /** All places that show the value. It is visible if every one of a place's conditions is. */
  shownIn: Shown[][];
  change: (row: Row, index: number) => Row;
}

export const other = (index: number) => `${'zyxwvutsrq'[index % 10]} other ${index}`;
export const otherDate = (index: number) => `2031-0${9 - (index % 9)}-01 00:00:00.000`;
export const otherId = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
export const places = (resource: string, ...fields: string[]): Shown[][] => fields.map((field) => [{ resource, fields: [field] }]);

/** Changes one member of a JSON column, in all items of each list on the way. */
export function inJson(column: string, path: string[], value: (index: number) => unknown) {
  const edit = (node: unknown, [name, ...rest]: string[], index: number): unknown => {
    if (Array.isArray(node)) return node.map((item, position) => edit(item, [name as string, ...rest], index + position));
    if (typeof node !== 'object' || node === null || name === undefined) return node;
    return { ...node, [name]: rest.length === 0 ? value(index) : edit((node as Row)[name], rest, index) };
  };
  return (row: Row, index: number): Row =>
    row[column] === null ? {} : { [column]: JSON.stringify(edit(JSON.parse(row[column]), path, index)) };
}

export const column = (
  table: string,
  resource: string,
  name: string,
  field: string,
  value: (index: number) => unknown = other,
): Variant => ({
  table,
  shownIn: places(resource, field),
  change: (_row, index) => ({ [name]: value(index) }),
});
export const member = (
  table: string,
  resource: string,
  name: string,
  path: string,
  field: string,
  value: (index: number) => unknown = other,
): Variant => ({
  table,
  shownIn: places(resource, field),
  change: inJson(name, path === '' ? [] : path.split('.'), value),
});

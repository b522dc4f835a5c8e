/** A leading quote stops a spreadsheet from running a token's name as a formula. */
const csvCell = (value: string) => `"${value.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;

export const csvOf = (rows: string[][]) => rows.map((row) => row.map(csvCell).join(',')).join('\n');

/** Aligns numbers on the right and other cells on the left. */
export function tableOf(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const isNumber = (column: number) => rows.slice(1).every((row) => /^\d+$/.test(row[column] as string));
  const cell = (value: string, column: number) => value[isNumber(column) ? 'padStart' : 'padEnd'](widths[column] as number);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

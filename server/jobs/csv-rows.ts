import type { Readable } from 'node:stream';
import Papa from 'papaparse';

export interface CsvRow {
  /** The line of the file on which the row begins, from 1. */
  line: number;
  values: string[];
  /** Why the row can't be used as it is written. */
  fault?: string;
}

/** A file that can't be read as a whole, in words for the import's log. */
export class CsvError extends Error {}

const rowCharactersMax = 200_000;
const quoteFault = 'a quote is not closed, or stands in the middle of a value';
const replacement = '\uFFFD';

function newlinesIn(text: string, end = text.length): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

const characterFault = (text: string) =>
  text.includes(replacement) ? 'holds bytes that are not UTF-8' : text.includes('\0') ? 'holds a null character' : undefined;

/** Splits text into rows and keeps count of lines; what may go on in the next piece of text waits for it. */
function rowReader(delimiter: string) {
  // Any white space may stand between a closing quote and the end of the line, so `\n` serves for `\r\n` too.
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' } as Papa.ParseConfig);
  let rest = '';
  let line = 1;

  function toRow(values: string[], mayHoldBadCharacters: boolean, mayHoldNewlines: boolean): CsvRow | undefined {
    const begins = line;
    line += 1 + (mayHoldNewlines ? values.reduce((count, value) => count + newlinesIn(value), 0) : 0);
    const last = values.length - 1;
    const end = values[last] as string;
    if (end.endsWith('\r')) values[last] = end.slice(0, -1);
    if (last === 0 && values[0] === '') return undefined;
    const fault = mayHoldBadCharacters ? characterFault(values.join()) : undefined;
    return fault ? { line: begins, values, fault } : { line: begins, values };
  }

  return (more: string, isLast: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    let text = rest + more;
    for (;;) {
      const { data, errors, meta } = parser.parse(text, 0, !isLast) as Papa.ParseResult<string[]>;
      const error = errors.find(({ row }) => isLast || (row ?? 0) < data.length);
      const good = error ? data.slice(0, error.row) : data;
      const mayHoldBadCharacters = characterFault(text) !== undefined;
      const mayHoldNewlines = text.includes('"');
      const begin = line;
      for (const values of good) {
        const row = toRow(values, mayHoldBadCharacters, mayHoldNewlines);
        if (row) rows.push(row);
      }
      rest = error || isLast ? '' : text.slice(meta.cursor);
      if (!error && rest.length <= rowCharactersMax) return rows;

      // A bad quote has swallowed the lines behind it: only the line with the quote is bad, reading goes on with the next.
      if (!error) text = rest;
      rows.push({ line, values: [], fault: quoteFault });
      const lineEnd = text.indexOf('\n', error?.index ?? 0);
      if (lineEnd === -1 && !isLast) throw new CsvError(`line ${line} has more than ${rowCharactersMax} characters`);
      const resume = lineEnd === -1 ? text.length : lineEnd + 1;
      line = (error ? begin : line) + newlinesIn(text, resume);
      text = text.slice(resume);
    }
  };
}

/**
 * The rows of a CSV file, chunk by chunk, in constant memory: UTF-8 with or without BOM, lines ending in LF or CRLF, quoted values with line
 * breaks. Blank lines are no rows.
 */
export async function* csvRows(file: Readable, delimiter: string): AsyncGenerator<CsvRow[]> {
  const read = rowReader(delimiter);
  const decoder = new TextDecoder('utf-8');
  let isFirst = true;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    if (isFirst && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)))
      throw new CsvError('is UTF-16; save it as "CSV UTF-8"');
    isFirst = false;
    const rows = read(decoder.decode(chunk, { stream: true }), false);
    if (rows.length > 0) yield rows;
  }
  const rows = read(decoder.decode(), true);
  if (rows.length > 0) yield rows;
}

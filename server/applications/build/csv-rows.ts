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
const firstWindow = 512;
const quoteFault = 'a quote is not closed, or stands in the middle of a value';
const replacement = '\uFFFD';

function newlinesIn(text: string, end = text.length): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

const characterFault = (text: string) =>
  text.includes(replacement) ? 'holds bytes that are not UTF-8' : text.includes('\0') ? 'holds a null character' : undefined;

/** Whether a bad quote stays bad whatever text comes next: its line is here to its end. */
function isPlain({ code, index }: Papa.ParseError, text: string): boolean {
  if (code !== 'InvalidQuotes') return false;
  let quote = text.indexOf('"', index);
  while (text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote !== -1 && text.indexOf('\n', quote) !== -1;
}

const charactersIn = (values: string[]) => values.reduce((sum, value) => sum + value.length, values.length - 1);

/** Splits text into rows and keeps count of lines; what may go on in the next piece of text waits for it. */
function rowReader(delimiter: string) {
  // Any white space may stand between a closing quote and the end of the line, so `\n` serves for `\r\n` too.
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' } as Papa.ParseConfig);
  let rest = '';
  let line = 1;
  const tooLong = () => `has more than ${rowCharactersMax.toLocaleString('en-US')} characters`;

  function toRow(values: string[], mayHoldBadCharacters: boolean, mayHoldNewlines: boolean): CsvRow | undefined {
    const begins = line;
    const breaks = mayHoldNewlines ? values.reduce((count, value) => count + newlinesIn(value), 0) : 0;
    if (charactersIn(values) > rowCharactersMax) {
      if (breaks === 0) throw new CsvError(`line ${line} ${tooLong()}`);
      line += 1 + breaks;
      return { line: begins, values: [], fault: tooLong() };
    }
    line += 1 + breaks;
    const last = values.length - 1;
    const end = values[last] as string;
    if (end.endsWith('\r')) values[last] = end.slice(0, -1);
    if (last === 0 && values[0] === '') return undefined;
    const fault = mayHoldBadCharacters ? characterFault(values.join()) : undefined;
    return fault ? { line: begins, values, fault } : { line: begins, values };
  }

  return (more: string, isLast: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    let text = isLast ? `${rest}${more}\n` : rest + more;
    let window = text.length;
    for (;;) {
      const isAll = window >= text.length;
      const isEnd = isAll && isLast;
      const piece = isAll ? text : text.slice(0, window);
      const { data, errors, meta } = parser.parse(piece, 0, !isEnd) as Papa.ParseResult<string[]>;
      const error = errors.find((each) => isEnd || (each.row ?? 0) < data.length || isPlain(each, piece));
      const good = error ? data.slice(0, error.row) : data;
      const mayHoldBadCharacters = characterFault(piece) !== undefined;
      const mayHoldNewlines = piece.includes('"');
      const begin = line;
      for (const values of good) {
        const row = toRow(values, mayHoldBadCharacters, mayHoldNewlines);
        if (row) rows.push(row);
      }
      if (!error) {
        text = text.slice(meta.cursor);
        if (piece.length - meta.cursor <= rowCharactersMax) {
          rest = text;
          if (isAll) return rows;
          window *= 2;
          continue;
        }
      }

      // A bad quote has swallowed the lines behind it: only the line with the quote is bad, reading goes on with the next. What follows is
      // read in small pieces at first, or a file with a bad quote in every line would be read to its end for every line.
      rows.push({ line, values: [], fault: quoteFault });
      const lineEnd = text.indexOf('\n', error?.index ?? 0);
      if (lineEnd === -1) throw new CsvError(`line ${line} ${tooLong()}`);
      line = (error ? begin : line) + newlinesIn(text, lineEnd + 1);
      text = text.slice(lineEnd + 1);
      window = firstWindow;
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
  let begin: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of file as AsyncIterable<Buffer>) {
    if (begin) {
      begin = Buffer.concat([begin, chunk.subarray(0, 2)]);
      if (/^(fffe|feff)/.test(begin.toString('hex'))) throw new CsvError('is UTF-16; save it as "CSV UTF-8"');
      if (begin.length >= 2) begin = undefined;
    }
    const rows = read(decoder.decode(chunk, { stream: true }), false);
    if (rows.length > 0) yield rows;
  }
  const rows = read(decoder.decode(), true);
  if (rows.length > 0) yield rows;
}

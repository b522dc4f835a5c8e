import type { Readable } from 'node:stream';
import Papa from 'papaparse';

export interface CsvRow {
  /** Line of the file on which the row starts, from 1. */
  line: number;
  values: string[];
  /** Reason why the row must be rejected. */
  fault?: string;
}

/** Thrown for a file that can't be read at all. The message goes into the import's log. */
export class CsvError extends Error {}

const rowCharactersMax = 200_000;
const firstWindowSize = 512;
const quoteFault = 'a quote is not closed, or is in the middle of a value';
const replacement = '\uFFFD';

function newlinesIn(text: string, end = text.length): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

const characterFault = (text: string) =>
  text.includes(replacement) ? 'holds bytes that are not UTF-8' : text.includes('\0') ? 'holds a null character' : undefined;

/** Returns whether a quote error is final: its line is complete, so later text can't correct it. */
function isFinalQuoteError({ code, index }: Papa.ParseError, text: string): boolean {
  if (code !== 'InvalidQuotes') return false;
  let quote = text.indexOf('"', index);
  while (text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote !== -1 && text.indexOf('\n', quote) !== -1;
}

const charactersIn = (values: string[]) => values.reduce((sum, value) => sum + value.length, values.length - 1);

/**
 * Returns a function that splits consecutive chunks of text into rows with their line numbers. An incomplete row waits for the next chunk.
 *
 * The text is parsed in windows. A window normally covers all text. After a bad quote it restarts small and doubles, because a bad quote makes the
 * parser read to the end of the window: with full windows, the time for a file with many bad quotes would grow quadratically.
 */
function createRowReader(delimiter: string) {
  // Papa accepts white space between a closing quote and the end of the line, so the newline `\n` also matches `\r\n`.
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' } as Papa.ParseConfig);
  let incomplete = '';
  let line = 1;
  const tooLong = () => `has more than ${rowCharactersMax.toLocaleString('en-US')} characters`;

  /** Advances `line`. Returns undefined for a blank line. A false flag skips a slow check, because no row of the window can fail it. */
  function toRow(values: string[], mayHaveBadCharacters: boolean, mayHaveNewlines: boolean): CsvRow | undefined {
    const rowLine = line;
    const newlines = mayHaveNewlines ? values.reduce((count, value) => count + newlinesIn(value), 0) : 0;
    if (charactersIn(values) > rowCharactersMax) {
      if (newlines === 0) throw new CsvError(`line ${line} ${tooLong()}`);
      line += 1 + newlines;
      return { line: rowLine, values: [], fault: tooLong() };
    }
    line += 1 + newlines;
    const last = values.length - 1;
    const lastValue = values[last] as string;
    if (lastValue.endsWith('\r')) values[last] = lastValue.slice(0, -1);
    if (last === 0 && values[0] === '') return undefined;
    const fault = mayHaveBadCharacters ? characterFault(values.join()) : undefined;
    return fault ? { line: rowLine, values, fault } : { line: rowLine, values };
  }

  return (chunk: string, isLastChunk: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    let text = isLastChunk ? `${incomplete}${chunk}\n` : incomplete + chunk;
    let windowSize = text.length;
    for (;;) {
      const isWholeText = windowSize >= text.length;
      const isEndOfFile = isWholeText && isLastChunk;
      const windowText = isWholeText ? text : text.slice(0, windowSize);
      const { data, errors, meta } = parser.parse(windowText, 0, !isEndOfFile) as Papa.ParseResult<string[]>;
      const error = errors.find(
        (candidate) => isEndOfFile || (candidate.row ?? 0) < data.length || isFinalQuoteError(candidate, windowText),
      );
      const goodRows = error ? data.slice(0, error.row) : data;
      const mayHaveBadCharacters = characterFault(windowText) !== undefined;
      const mayHaveNewlines = windowText.includes('"');
      const windowLine = line;
      for (const values of goodRows) {
        const row = toRow(values, mayHaveBadCharacters, mayHaveNewlines);
        if (row) rows.push(row);
      }
      if (!error) {
        text = text.slice(meta.cursor);
        if (windowText.length - meta.cursor <= rowCharactersMax) {
          incomplete = text;
          if (isWholeText) return rows;
          windowSize *= 2;
          continue;
        }
      }

      // The bad quote has swallowed the lines after it. Only its own line is rejected: reading continues with the next line.
      rows.push({ line, values: [], fault: quoteFault });
      const lineEnd = text.indexOf('\n', error?.index ?? 0);
      if (lineEnd === -1) throw new CsvError(`line ${line} ${tooLong()}`);
      line = (error ? windowLine : line) + newlinesIn(text, lineEnd + 1);
      text = text.slice(lineEnd + 1);
      windowSize = firstWindowSize;
    }
  };
}

/**
 * Yields the rows of a CSV file chunk by chunk, in constant memory. Skips blank lines. Throws `CsvError`.
 *
 * Accepts UTF-8 with or without byte order mark, LF and CRLF, and line breaks in quoted values.
 */
export async function* csvRows(file: Readable, delimiter: string): AsyncGenerator<CsvRow[]> {
  const readRows = createRowReader(delimiter);
  const decoder = new TextDecoder('utf-8');
  let firstBytes: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of file as AsyncIterable<Buffer>) {
    if (firstBytes) {
      firstBytes = Buffer.concat([firstBytes, chunk.subarray(0, 2)]);
      if (/^(fffe|feff)/.test(firstBytes.toString('hex'))) throw new CsvError('is UTF-16; save it as "CSV UTF-8"');
      if (firstBytes.length >= 2) firstBytes = undefined;
    }
    const rows = readRows(decoder.decode(chunk, { stream: true }), false);
    if (rows.length > 0) yield rows;
  }
  const rows = readRows(decoder.decode(), true);
  if (rows.length > 0) yield rows;
}

import type { Readable } from 'node:stream';
import { rowEndAfterOpenQuote, splitRow } from './csv-quotes.ts';

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
const tooLong = `has more than ${rowCharactersMax.toLocaleString('en-US')} characters`;
const quoteFault = 'a quote is not closed, or is in the middle of a value';
const replacement = '\uFFFD';

const characterFault = (text: string) =>
  text.includes(replacement) ? 'holds bytes that are not UTF-8' : text.includes('\0') ? 'holds a null character' : undefined;

const withoutCarriageReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/**
 * Returns a function that splits consecutive chunks of text into rows with their line numbers. An incomplete row waits for the next chunk.
 *
 * A bad quote rejects only the line on which its row starts; reading continues with the next line. So the text after a bad quote is read
 * again, row by row. The time stays linear in the size of the file, because of `badFrom` and `badTo`: each row that is open at the start of a
 * line in this range would run into the bad quote again, and is rejected without reading further than its own line.
 */
function createRowReader(delimiter: string) {
  let incomplete = '';
  let line = 1;
  /** Positions in the text of the last bad quote: the line after the row that ran into it, and the quote. */
  let badFrom = 0;
  let badTo = -1;

  /** Returns undefined for a blank line. `mayHaveBadCharacters` is false if the whole text has none. */
  function toRow(values: string[], mayHaveBadCharacters: boolean): CsvRow | undefined {
    if (values.length === 1 && values[0] === '') return undefined;
    const fault = mayHaveBadCharacters ? characterFault(values.join()) : undefined;
    return fault ? { line, values, fault } : { line, values };
  }

  /** Returns the end of the row that starts at `start` and is open at its first line end, -1 if the row is bad, undefined if it is incomplete. */
  function endOfOpenRow(text: string, start: number, lineEnd: number, isLastChunk: boolean): number | undefined {
    const nextLine = lineEnd + 1;
    if (nextLine >= badFrom && nextLine <= badTo) return -1;
    const { end, stoppedAt } = rowEndAfterOpenQuote(text, nextLine, delimiter);
    if (end !== undefined && end - start <= rowCharactersMax) return end;
    const isTooLong = (end ?? stoppedAt) - start > rowCharactersMax;
    if (end === undefined && stoppedAt === text.length && !isTooLong && !isLastChunk) return undefined;
    badFrom = nextLine;
    badTo = isTooLong ? start + rowCharactersMax : stoppedAt;
    return -1;
  }

  return (chunk: string, isLastChunk: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    const text = isLastChunk ? `${incomplete}${chunk}\n` : incomplete + chunk;
    const mayHaveBadCharacters = characterFault(text) !== undefined;
    let start = 0;
    let nextQuote = text.indexOf('"');
    for (;;) {
      const lineEnd = text.indexOf('\n', start);
      const firstLine = withoutCarriageReturn(text.slice(start, lineEnd === -1 ? text.length : lineEnd));
      if (firstLine.length > rowCharactersMax) throw new CsvError(`line ${line} ${tooLong}`);
      if (lineEnd === -1) break;

      if (nextQuote !== -1 && nextQuote < start) nextQuote = text.indexOf('"', start);
      const hasQuote = nextQuote !== -1 && nextQuote < lineEnd;
      let values = hasQuote ? splitRow(firstLine, delimiter) : firstLine.split(delimiter);
      let rowEnd = lineEnd;
      if (values === 'open') {
        const end = endOfOpenRow(text, start, lineEnd, isLastChunk);
        if (end === undefined) break;
        if (end === -1) values = 'bad';
        else {
          rowEnd = end;
          values = splitRow(withoutCarriageReturn(text.slice(start, end)), delimiter);
        }
      }
      const row = typeof values === 'string' ? { line, values: [], fault: quoteFault } : toRow(values, mayHaveBadCharacters);
      if (row) rows.push(row);
      line += rowEnd === lineEnd ? 1 : newlinesIn(text.slice(start, rowEnd)) + 1;
      start = rowEnd + 1;
    }
    incomplete = text.slice(start);
    badFrom -= start;
    badTo -= start;
    return rows;
  };
}

/**
 * Yields the rows of a CSV file chunk by chunk, in constant memory and in a time that is linear in the size of the file. Skips blank lines.
 * Throws `CsvError`.
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

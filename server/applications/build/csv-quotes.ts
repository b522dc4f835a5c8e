const quote = '"'.charCodeAt(0);
const lineEnd = '\n'.charCodeAt(0);
const isBlank = (code: number) => code === 32 || code === 13 || (code !== lineEnd && /\s/.test(String.fromCharCode(code)));

/** Returns the position of the quote that closes a quoted value, or -1. Doubled quotes are part of the value. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2);
  return at;
}

/** Skips the white space after a closing quote. */
function afterBlanks(text: string, from: number, delimiter: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== delimiter && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/**
 * Splits the text of one row into its values.
 *
 * Returns `open` if the row ends inside a quoted value, and `bad` if a closing quote is followed by more than white space.
 */
export function splitRow(row: string, delimiter: string): string[] | 'open' | 'bad' {
  const delimiterCode = delimiter.charCodeAt(0);
  const values: string[] = [];
  for (let at = 0; ; at++) {
    let end: number;
    if (row.charCodeAt(at) === quote) {
      const close = closingQuote(row, at + 1);
      if (close === -1) return 'open';
      const value = row.slice(at + 1, close);
      values.push(value.includes('"') ? value.replaceAll('""', '"') : value);
      end = afterBlanks(row, close + 1, delimiterCode);
      if (end < row.length && row.charCodeAt(end) !== delimiterCode) return 'bad';
    } else {
      const next = row.indexOf(delimiter, at);
      end = next === -1 ? row.length : next;
      values.push(row.slice(at, end));
    }
    if (end >= row.length) return values;
    at = end;
  }
}

/**
 * Reads on from a position inside a quoted value. Returns the line end that ends the row.
 *
 * Without an `end`, the row is incomplete if `stoppedAt` is the end of the text; otherwise `stoppedAt` is the position after a bad quote.
 */
export function rowEndAfterOpenQuote(text: string, from: number, delimiter: string): { end?: number; stoppedAt: number } {
  const delimiterCode = delimiter.charCodeAt(0);
  for (let at = from; ; ) {
    const close = closingQuote(text, at);
    if (close === -1) return { stoppedAt: text.length };
    at = afterBlanks(text, close + 1, delimiterCode);
    // Values without quotes, up to the line end or the next quoted value.
    while (at < text.length && text.charCodeAt(at) === delimiterCode && text.charCodeAt(at + 1) !== quote) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== delimiterCode && text.charCodeAt(at) !== lineEnd) at++;
    }
    if (at >= text.length) return { stoppedAt: text.length };
    if (text.charCodeAt(at) === lineEnd) return { end: at, stoppedAt: at };
    if (text.charCodeAt(at) !== delimiterCode) return { stoppedAt: at };
    at += 2;
  }
}

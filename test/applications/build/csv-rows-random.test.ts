import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { type CsvRow, csvRows } from '../../../server/applications/build/csv-rows.ts';

/** Returns a generator of pseudo-random integers below `max` (mulberry32). The sequence depends only on the seed. */
function dice(seed: number) {
  let state = seed;
  return (max: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * max);
  };
}
type Dice = ReturnType<typeof dice>;

const fragments = ['a', 'B7', ' ', 'é', '李', '😀', '"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\\', "'", '\u2028', ' x', '\\N', '#'];
const newlinesIn = (text: string) => text.split('\n').length - 1;

function randomValue(roll: Dice): string {
  return Array.from({ length: roll(6) }, () => fragments[roll(fragments.length)]).join('');
}

/** Writes a value as CSV: in quotes where necessary, and sometimes where optional. */
function toCsv(roll: Dice, value: string, delimiter: string): string {
  const needsQuotes = value.startsWith('"') || value.includes('\n') || value.includes(delimiter);
  return needsQuotes || roll(3) === 0 ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Creates a file with blank lines, bad quotes and mixed line ends, and the rows expected from it. */
function randomFile(roll: Dice, delimiter: string): { text: string; rows: CsvRow[] } {
  const rows: CsvRow[] = [];
  let text = roll(2) === 0 ? '\ufeff' : '';
  let line = 1;
  for (let count = roll(12); count > 0; count--) {
    const values = Array.from({ length: 1 + roll(4) }, () => randomValue(roll));
    const kind = roll(8);
    if (kind === 0) values.length = 0;
    if (kind === 1) {
      text += `"x"y${delimiter}z`;
      rows.push({ line, values: [], fault: 'a quote is not closed, or is in the middle of a value' });
    } else {
      text += values.map((value) => toCsv(roll, value, delimiter)).join(delimiter);
      if (values.length > 1 || (values[0] ?? '') !== '') rows.push({ line, values });
    }
    if (kind !== 1) line += newlinesIn(values.join(''));
    line++;
    text += roll(count === 1 ? 3 : 2) === 0 ? '\r\n' : count === 1 && roll(2) === 0 ? '' : '\n';
  }
  return { text, rows };
}

it('returns the written rows and their line numbers from 3,000 random files in random chunks', async () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const roll = dice(seed);
    const delimiter = [',', ';', '\t', '|'][roll(4)] as string;
    const { text, rows } = randomFile(roll, delimiter);
    const file = Buffer.from(text);
    const chunks: Buffer[] = [];
    for (let at = 0; at < file.length; ) {
      const size = 1 + roll([1, 4, 40, 4000][roll(4)] as number);
      chunks.push(file.subarray(at, at + size));
      at += size;
    }
    const read: CsvRow[] = [];
    for await (const chunkRows of csvRows(Readable.from(chunks), delimiter)) read.push(...chunkRows);
    expect({ seed, text, rows: read }).toEqual({ seed, text, rows });
  }
});

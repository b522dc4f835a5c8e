import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { CsvError, type CsvRow, csvRows } from '../../../server/applications/build/csv-rows.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const badQuote = 'a quote is not closed, or is in the middle of a value';
/** Half a many: a few hundred milliseconds for each file. */
const many = 500_000;
const chunkSize = 1 << 18;
/** CPU time. A multiple of what each file takes, and a small part of what it took when lines after a bad quote were read again for each line. */
const secondsMax = 5;

/** Reads a text as a build does. Returns the rows, or the error that refuses the file. */
async function read(text: string, delimiter = ','): Promise<CsvRow[] | Error> {
  const file = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(file.length / chunkSize) }, (_, index) =>
    file.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
  const rows: CsvRow[] = [];
  try {
    for await (const chunkRows of csvRows(Readable.from(chunks), delimiter)) rows.push(...chunkRows);
  } catch (error) {
    return error as Error;
  }
  return rows;
}
const summaryOf = (rows: CsvRow[] | Error) =>
  rows instanceof Error
    ? rows
    : { rows: rows.length, bad: rows.filter(({ fault }) => fault === badQuote).length, lastLine: rows.at(-1)?.line };
const tooLong = (line: number) => new CsvError(`line ${line} has more than 200,000 characters`);

/** Files that made a parser read the same text again and again, or that could. */
const files: [name: string, text: () => string, summary: ReturnType<typeof summaryOf>][] = [
  [
    'a quote on every line that closes at the next one',
    () => 'a\n"'.repeat(2 * many),
    { rows: 2 * many, bad: 2 * many - 2, lastLine: 2 * many },
  ],
  ['a quote that opens on every line and never closes', () => 'x",y,"\n'.repeat(many), { rows: many, bad: many, lastLine: many }],
  ['the same without a line end after it', () => 'x",y,"\n'.repeat(many).slice(0, -1), { rows: many, bad: many, lastLine: many }],
  ['the same among good lines', () => 'x",y,"\na,b\n'.repeat(many / 2), { rows: many, bad: many / 2, lastLine: many }],
  ['an unclosed quote, then lines without one', () => `"${'a,b\n'.repeat(2 * many)}`, { rows: 2 * many, bad: 1, lastLine: 2 * many }],
  ['unclosed quotes, far apart', () => `"${'a,b\n'.repeat(60_000)}`.repeat(10), { rows: 60_000 * 10, bad: 10, lastLine: 60_000 * 10 }],
  ['a quote in the middle of every line', () => '"a"b,c\n'.repeat(many), { rows: many, bad: many, lastLine: many }],
  ['a quote, then more doubled quotes than a row has room for', () => `a\n"${'""'.repeat(many)}"\n`, tooLong(2)],
  [
    'lines that end in a quote and long white space',
    () => `${'x",y,"\n'.repeat(7_000)}"${' '.repeat(150_000)}y\n`.repeat(8),
    { rows: 56_008, bad: 56_008, lastLine: 56_008 },
  ],
  ['a quote, then many line ends', () => `a\n"${'\n'.repeat(many)}"\nb`, { rows: 4, bad: 2, lastLine: many + 3 }],
  [
    'a quote with 200,000 line ends on each of many lines',
    () => `"${'\n'.repeat(199_990)}"x\n`.repeat(20),
    { rows: 21, bad: 2, lastLine: 20 * 199_990 + 20 },
  ],
  ['one long line', () => `a\n${'x'.repeat(20 * many)}`, tooLong(2)],
  ['one long line of delimiters', () => ','.repeat(20 * many), tooLong(1)],
  ['lines with the maximum of columns', () => `${','.repeat(199_999)}\n`.repeat(30), { rows: 30, bad: 0, lastLine: 30 }],
  ['line ends of carriage returns alone', () => 'a,b\r'.repeat(2 * many), tooLong(1)],
  ['null characters', () => '\0,\0\n'.repeat(many), { rows: many, bad: 0, lastLine: many }],
  ['blank lines', () => '\r\n'.repeat(2 * many), { rows: 0, bad: 0, lastLine: undefined }],
  [
    'values without a delimiter, and quoted values with white space',
    () => '"a" \t \n'.repeat(many),
    { rows: many, bad: 0, lastLine: many },
  ],
];

it.each(files)('reads a file in linear time: %s', { timeout: 60_000 }, async (_name, text, summary) => {
  const content = text();
  const before = process.threadCpuUsage();
  const rows = await read(content);
  const { user } = process.threadCpuUsage(before);
  expect(summaryOf(rows)).toEqual(summary);
  expect(user / 1e6).toBeLessThan(secondsMax);
});

/** Reads a text without the limits and without memory: after a bad quote it starts again on the next line. */
function readSimply(text: string): [line: number, values: string[] | 'bad'][] {
  const rows: [number, string[] | 'bad'][] = [];
  const value = /"((?:[^"]|"")*)"[^\S\n]*?(?=[,\n])|([^",\n][^,\n]*)?(?=[,\n])/y;
  const file = `${text}\n`;
  let line = 1;
  for (let start = 0; start < file.length; ) {
    const values: string[] = [];
    let at = start;
    let isBad = false;
    do {
      value.lastIndex = at;
      const match = value.exec(file);
      isBad = !match;
      if (!match) break;
      values.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
      at = value.lastIndex + 1;
    } while (file[at - 1] === ',');
    const end = isBad ? file.indexOf('\n', start) + 1 : at;
    if (isBad) rows.push([line, 'bad']);
    else if (values.length > 1 || values[0] !== '') rows.push([line, values]);
    line += file.slice(start, end).split('\n').length - 1;
    start = end;
  }
  return rows;
}

it('reads 5,000 random texts of quotes, delimiters and line ends as a reader without shortcuts does', async () => {
  const random = seededRandom(7);
  for (let count = 0; count < 5_000; count++) {
    const text = Array.from({ length: random(60) }, () => 'x"",\n ,"\n'[random(9)]).join('');
    const rows = (await read(text)) as CsvRow[];
    const found = rows.map(({ line, values, fault }) => [line, fault ? 'bad' : values]);
    expect({ text, rows: found }).toEqual({ text, rows: readSimply(text) });
  }
});

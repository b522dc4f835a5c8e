import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { CsvError, type CsvRow, csvRows } from '../../../server/applications/build/csv-rows.ts';

async function read(chunks: Iterable<Buffer>, delimiter = ','): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const chunkRows of csvRows(Readable.from(chunks), delimiter)) rows.push(...chunkRows);
  return rows;
}

function* chunksOf(file: Buffer, size: number) {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

/** Returns the rows of a file. Expects the same rows from chunks of every size. */
async function rowsOf(content: string | Buffer, delimiter = ','): Promise<CsvRow[]> {
  const file = Buffer.from(content as string);
  const rows = await read([file], delimiter);
  for (let size = 1; size < file.length; size++) expect([size, await read(chunksOf(file, size), delimiter)]).toEqual([size, rows]);
  return rows;
}
const valuesOf = async (content: string | Buffer, delimiter?: string) => (await rowsOf(content, delimiter)).map(({ values }) => values);
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)));

it('reads UTF-8 with and without a byte order mark, and characters split between chunks', async () => {
  const text = 'Login,Name\nzoë,Ünïcödé\n李,𝒳 😀 👩‍👩‍👧\n';
  const rows = [
    ['Login', 'Name'],
    ['zoë', 'Ünïcödé'],
    ['李', '𝒳 😀 👩‍👩‍👧'],
  ];
  expect(await valuesOf(text)).toEqual(rows);
  expect(await valuesOf(`\ufeff${text}`)).toEqual(rows);
});

it('accepts LF, CRLF and a mix of both, and no line end at the end of the file', async () => {
  const rows = [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ];
  for (const text of [
    'a,b\n1,2\n3,4\n',
    'a,b\r\n1,2\r\n3,4\r\n',
    'a,b\r\n1,2\n3,4',
    'a,b\n1,2\r\n"3","4"',
    '"a","b"\r\n"1","2"\n"3","4"\r\n',
  ])
    expect(await valuesOf(text)).toEqual(rows);
});

it('preserves line ends, delimiters and doubled quotes inside quotes, and blanks around values', async () => {
  expect(await valuesOf('"a\nb","c\r\nd","e,f","say ""hi""","",""""\n x , y,z ,"",,\n')).toEqual([
    ['a\nb', 'c\r\nd', 'e,f', 'say "hi"', '', '"'],
    [' x ', ' y', 'z ', '', '', ''],
  ]);
});

it('ignores white space between a closing quote and the end of its value', async () => {
  const rows = [
    ['1', '2'],
    ['3', '4'],
  ];
  for (const text of ['"1" ,"2"  \r\n"3","4" \n', '"1","2"\t\n"3","4" ', '"1","2"\n"3","4"\r']) expect(await valuesOf(text)).toEqual(rows);
});

it('skips blank lines and numbers each row by its first line', async () => {
  const rows = await rowsOf('\n\r\nh1,h2\n\n"a\n\n\nb",1\r\n\r\nc,"d\r\ne"\nf,g');
  expect(rows).toEqual([
    { line: 3, values: ['h1', 'h2'] },
    { line: 5, values: ['a\n\n\nb', '1'] },
    { line: 10, values: ['c', 'd\r\ne'] },
    { line: 12, values: ['f', 'g'] },
  ]);
});

it('splits only at the given delimiter', async () => {
  for (const delimiter of [';', '\t', '|'])
    expect(await valuesOf(`a${delimiter}b, c\n"x${delimiter}y"${delimiter}\n`, delimiter)).toEqual([
      ['a', 'b, c'],
      [`x${delimiter}y`, ''],
    ]);
});

it('returns no rows for an empty file and one row for a header', async () => {
  for (const empty of ['', '\n', '\r\n\n', '\ufeff', '\ufeff\r\n']) expect(await rowsOf(empty)).toEqual([]);
  for (const header of ['a,b', 'a,b\n', '\ufeffa,b\r\n']) expect(await rowsOf(header)).toEqual([{ line: 1, values: ['a', 'b'] }]);
});

it('rejects only the row with bytes that are not UTF-8', async () => {
  const [notUtf8, half] = [[0xe9], [0xf0, 0x9f, 0x98]];
  const rows = await rowsOf(bytes('a,b\n1,', notUtf8, '\n2,é\n"3\n', half, '",x\n4,y\n5,', half));
  expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
    [1, undefined],
    [2, 'holds bytes that are not UTF-8'],
    [3, undefined],
    [4, 'holds bytes that are not UTF-8'],
    [6, undefined],
    [7, 'holds bytes that are not UTF-8'],
  ]);
});

it('rejects only the row with a null character', async () => {
  const rows = await rowsOf('a,b\n1,x\0y\n2,z\n');
  expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
    [1, undefined],
    [2, 'holds a null character'],
    [3, undefined],
  ]);
});

const badQuote = 'a quote is not closed, or is in the middle of a value';

it('rejects only the line of a stray or unclosed quote', async () => {
  for (const bad of ['"1" x,y', '"1"x","y"', '"open,1', '1,"open', '1,"2"3"', '"', '1,"', '"a""b,c', '"x"" ,y'])
    for (const end of ['\n', '\r\n']) {
      const rows = await rowsOf(['h,i', 'a,"b"', bad, 'c,d', '"e\ne","f"', bad, 'g,"h"', bad].join(end));
      expect([bad, rows]).toEqual([
        bad,
        [
          { line: 1, values: ['h', 'i'] },
          { line: 2, values: ['a', 'b'] },
          { line: 3, values: [], fault: badQuote },
          { line: 4, values: ['c', 'd'] },
          { line: 5, values: ['e\ne', 'f'] },
          { line: 7, values: [], fault: badQuote },
          { line: 8, values: ['g', 'h'] },
          { line: 9, values: [], fault: badQuote },
        ],
      ]);
    }
});

it('accepts quotes inside an unquoted value as characters', async () => {
  expect(await valuesOf('5" pipe,a"b"c,x"\n1,2,3\n')).toEqual([
    ['5" pipe', 'a"b"c', 'x"'],
    ['1', '2', '3'],
  ]);
});

const long = (characters: number) => 'x'.repeat(characters);
const inChunks = (text: string) => [1 << 30, 1 << 18, 65_536, 4_000].map((size) => read(chunksOf(Buffer.from(text), size)));

it('continues with the next line when an unclosed quote spans more than the maximum row length', async () => {
  const lines = Array.from({ length: 9_000 }, (_, index) => `${index},${long(60)}`);
  for (const reading of inChunks(['a,b', '1,"open', ...lines].join('\n'))) {
    const rows = await reading;
    expect(rows.slice(0, 3)).toEqual([
      { line: 1, values: ['a', 'b'] },
      { line: 2, values: [], fault: badQuote },
      { line: 3, values: ['0', long(60)] },
    ]);
    expect([rows.length, rows.at(-1)]).toEqual([9_002, { line: 9_002, values: ['8999', long(60)] }]);
  }
});

it('throws for a line of more than 200,000 characters, in chunks of any size', async () => {
  const refusal = new CsvError('line 2 has more than 200,000 characters');
  for (const reading of inChunks(`a,b\n1,${long(199_999)}\n2,y\n`)) await expect(reading).rejects.toEqual(refusal);
  for (const reading of inChunks(`a,b\n1,${long(400_000)}`)) await expect(reading).rejects.toEqual(refusal);
  for (const reading of inChunks(`a,b\n1,"${long(400_000)}`)) await expect(reading).rejects.toEqual(refusal);
  for (const reading of inChunks(`a,b\n1,${long(199_998)}\n2,y\n`)) expect((await reading).length).toBe(3);
});

it('throws a clear error for UTF-16, in chunks of any size', async () => {
  const littleEndian = Buffer.from('\ufeffLogin,Name\nann,Ann\n', 'utf16le');
  const bigEndian = Buffer.from(littleEndian).swap16();
  for (const file of [littleEndian, bigEndian])
    for (let size = 1; size <= file.length; size++)
      await expect(read(chunksOf(file, size))).rejects.toEqual(new CsvError('is UTF-16; save it as "CSV UTF-8"'));
});

import { setTimeout as wait } from 'node:timers/promises';

/** `position` numbers the rows of a whole build, so that of two rows with one key the first can be told. */
export interface BulkRecord {
  key: string;
  position: number;
  attributes: string;
  /** Which person it is, in lower case: null where a row does not say, or is no user. */
  personNumber: string | null;
  personEmail: string | null;
}
/** Neither keys nor JSON nor what names a person hold tabs or line ends, so a backslash is all there is to escape; `\N` is null. */
const escaped = (text: string) => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text);
const orNull = (text: string | null) => (text === null ? '\\N' : escaped(text));
const unescaped = (text: string) => text.replaceAll('\\\\', '\\');

/** Records as the text that LOAD DATA reads: outside the heap, where the garbage collector need not look at them again and again. */
export function encode(records: BulkRecord[]): Buffer {
  let text = '';
  for (const { key, position, attributes, personNumber, personEmail } of records)
    text += `${escaped(key)}\t${position}\t${escaped(attributes)}\t${orNull(personNumber)}\t${orNull(personEmail)}\n`;
  return Buffer.from(text);
}
export function decode(pieces: Buffer[]): BulkRecord[] {
  const lines = pieces.flatMap((piece) => piece.toString().split('\n').slice(0, -1));
  return lines.map((line) => {
    const [key, position, attributes, number, email] = line.split('\t') as [string, string, string, string, string];
    const given = (text: string) => (text === '\\N' ? null : unescaped(text));
    return {
      key: unescaped(key),
      position: Number(position),
      attributes: unescaped(attributes),
      personNumber: given(number),
      personEmail: given(email),
    };
  });
}

/** Records on their way: loading begins with the first piece, and takes the others as they come. */
export interface Batch {
  pieces: Buffer[];
  count: number;
  bytes: number;
  isEnded: boolean;
  /** Tells whoever waits for the next piece, or for the end, to look again. */
  wake: () => void;
}
export const newBatch = (): Batch => ({ pieces: [], count: 0, bytes: 0, isEnded: false, wake: () => {} });

/** From the first piece on, however many there are by now; a load that is tried again gets all of them again. */
export async function* batchesOf(batch: Batch): AsyncGenerator<Buffer> {
  for (let index = 0; ; index++) {
    while (index === batch.pieces.length) {
      if (batch.isEnded) return;
      await new Promise<void>((resolve) => {
        batch.wake = resolve;
      });
    }
    yield batch.pieces[index] as Buffer;
  }
}

const bytesAtOnce = 16 * 1024;
const restMs = 1;

/**
 * Little by little, with rests between: a database that has all it is to load works through it without giving its core up, and who asks for one row waits
 * behind it. A million rows take an eighth longer so.
 */
export async function* throttled(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += bytesAtOnce) {
      yield piece.subarray(at, at + bytesAtOnce);
      await wait(restMs);
    }
}

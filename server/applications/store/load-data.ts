import { setTimeout as wait } from 'node:timers/promises';

export interface BulkRecord {
  key: string;
  /** The record's line, plus the lines of all files loaded before it. The record with the lowest position wins among records with the same key. */
  position: number;
  attributes: string;
  /** Employee number of the person, in lower case. Null if the row has none or is not a user. */
  personNumber: string | null;
  /** E-mail address of the person, in lower case. Null if the row has none or is not a user. */
  personEmail: string | null;
}

// Keys, JSON and person columns contain no tabs or line ends, so only backslashes need an escape. `\N` is null.
const escapeText = (text: string) => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text);
const unescapeText = (text: string) => text.replaceAll('\\\\', '\\');
const encodeNullable = (text: string | null) => (text === null ? '\\N' : escapeText(text));
const decodeNullable = (text: string) => (text === '\\N' ? null : unescapeText(text));

/** Encodes records as input of LOAD DATA. The buffer is outside the heap, so waiting records cost no garbage collection. */
export function encode(records: BulkRecord[]): Buffer {
  let text = '';
  for (const { key, position, attributes, personNumber, personEmail } of records)
    text += `${escapeText(key)}\t${position}\t${escapeText(attributes)}\t${encodeNullable(personNumber)}\t${encodeNullable(personEmail)}\n`;
  return Buffer.from(text);
}

export function decode(chunks: Buffer[]): BulkRecord[] {
  const lines = chunks.flatMap((chunk) => chunk.toString().split('\n').slice(0, -1));
  return lines.map((line) => {
    const [key, position, attributes, number, email] = line.split('\t') as [string, string, string, string, string];
    return {
      key: unescapeText(key),
      position: Number(position),
      attributes: unescapeText(attributes),
      personNumber: decodeNullable(number),
      personEmail: decodeNullable(email),
    };
  });
}

/** A bulk load in progress. The database starts with the first chunk, while the import file is still being read. */
export interface BulkLoad {
  chunks: Buffer[];
  count: number;
  bytes: number;
  isEnded: boolean;
  /** Wakes the consumer after a new chunk or the end. */
  wake: () => void;
}

export const newBulkLoad = (): BulkLoad => ({ chunks: [], count: 0, bytes: 0, isEnded: false, wake: () => {} });

/** Yields the chunks of a load and waits for new ones until it ends. Always starts with the first chunk, so a load can be retried. */
export async function* chunksOf(load: BulkLoad): AsyncGenerator<Buffer> {
  for (let index = 0; ; index++) {
    while (index === load.chunks.length) {
      if (load.isEnded) return;
      await new Promise<void>((resolve) => {
        load.wake = resolve;
      });
    }
    yield load.chunks[index] as Buffer;
  }
}

const throttledBytes = 16 * 1024;
const throttleMs = 1;

/**
 * Yields 16 KiB at a time with a pause of one millisecond after each.
 *
 * Without pauses the database would not yield its core during a load, and other queries would wait. This makes a load of a million rows 12 %
 * slower.
 */
export async function* throttled(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks)
    for (let start = 0; start < chunk.length; start += throttledBytes) {
      yield chunk.subarray(start, start + throttledBytes);
      await wait(throttleMs);
    }
}

import { type DestinationStream, type Logger, pino } from 'pino';
import { isoOf, toInstant } from '../database/instants.ts';
import { createRedaction, type Redaction } from './redaction/redaction.ts';
import { escapeUnprintable } from './unprintable.ts';

export type Log = Logger;

/** Standard output, written line by line. For a process that shares the output with another process or may end without notice. */
export const synchronousOutput = (): DestinationStream => pino.destination({ dest: 1, sync: true });

const flushIntervalMs = 10;
/** A pipe accepts a write up to this size as one unit. The worker process writes to the same pipe, so larger writes could mix with its lines. */
const atomicWriteBytesMax = 4_096;

/**
 * Standard output, written in batches. A line after a pause is written at the end of the current turn of the event loop; later lines are
 * collected for some milliseconds.
 *
 * A write costs as much as all other work for a line, so fewer writes are faster.
 */
function batchedOutput(): DestinationStream {
  const output = synchronousOutput();
  let lines = '';
  let bytes = 0;
  let isScheduled = false;
  let writtenAt = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (lines === '') return;
    const text = lines;
    lines = '';
    bytes = 0;
    writtenAt = performance.now();
    output.write(text);
  };
  const scheduledFlush = () => {
    isScheduled = false;
    flush();
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      const lineBytes = Buffer.byteLength(line);
      if (bytes + lineBytes > atomicWriteBytesMax) flush();
      if (!isScheduled) {
        isScheduled = true;
        if (performance.now() - writtenAt > flushIntervalMs) setImmediate(scheduledFlush);
        else setTimeout(scheduledFlush, flushIntervalMs).unref();
      }
      lines += line;
      bytes += lineBytes;
    },
  };
}

/** Passes lines on without the characters that JSON allows in a text, but that can end a line or control a terminal. */
const printable = (destination: DestinationStream): DestinationStream => ({
  write: (line) => destination.write(`${escapeUnprintable(line.slice(0, -1))}\n`),
});

/** Redacts a line, which is JSON as pino writes it. */
function redactLine(line: string, redaction: Redaction): string {
  try {
    return `${redaction.json(line.trimEnd())}\n`;
  } catch {
    return `${redaction.text(line.trimEnd())}\n`;
  }
}

/** The log without redaction that belongs to each process log. */
const unredacted = new WeakMap<Log, Log>();

/** Creates the process log: one JSON line per event. `redaction` removes secrets from all texts of a line, the message and stack traces included. */
export function createLog(level: string, destination: DestinationStream = batchedOutput(), redaction = createRedaction()): Log {
  const settings = {
    level,
    base: null,
    timestamp: () => `,"time":"${isoOf(toInstant(new Date()))}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    // Without `sql`, because the statement of a failed query can contain the data to be stored.
    serializers: { err: (error: Error) => ({ ...pino.stdSerializers.err(error), sql: undefined }) },
  };
  const output = printable(destination);
  const log = pino(settings, { write: (line) => output.write(redactLine(line, redaction)) });
  unredacted.set(log, pino(settings, output));
  return log;
}

/** Returns a log without redaction, for lines whose texts are redacted already. Redaction would cost more than writing the line. */
export const withoutRedaction = (log: Log): Log => unredacted.get(log) ?? log;

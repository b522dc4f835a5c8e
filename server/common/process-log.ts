import { type DestinationStream, type Logger, pino } from 'pino';
import { isoOf, toInstant } from '../database/instants.ts';

export type Log = Logger;

/** Standard output, written to line by line, for a process beside another one that writes there, and for one that may end without notice. */
export const atOnce = (): DestinationStream => pino.destination({ dest: 1, sync: true });

const restMs = 10;
/** What a pipe takes as one, whoever else writes to it: the worker's lines come by the same. */
const pieceBytesMax = 4_096;

/** Standard output, written to at once where it was quiet, and then once for the lines of some milliseconds: a write costs as much as all else of a line. */
function inPieces(): DestinationStream {
  const output = atOnce();
  let lines = '';
  let bytes = 0;
  let isDue = false;
  let writtenAt = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (lines === '') return;
    const text = lines;
    lines = '';
    bytes = 0;
    writtenAt = performance.now();
    output.write(text);
  };
  const flushDue = () => {
    isDue = false;
    flush();
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      const lineBytes = Buffer.byteLength(line);
      if (bytes + lineBytes > pieceBytesMax) flush();
      if (!isDue) {
        isDue = true;
        if (performance.now() - writtenAt > restMs) setImmediate(flushDue);
        else setTimeout(flushDue, restMs).unref();
      }
      lines += line;
      bytes += lineBytes;
    },
  };
}

/** One JSON line an event; whatever is named like a secret is cut out, wherever it stands. */
export function createLog(level: string, destination: DestinationStream = inPieces()): Log {
  const names = ['authorization', 'Authorization', 'secret', 'password', 'token', 'bootstrapToken', 'databaseUrl'];
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${isoOf(toInstant(new Date()))}"`,
      formatters: { level: (label) => ({ level: label }) },
      // What was to be stored is nobody's business who reads the log.
      serializers: { err: (error: Error) => ({ ...pino.stdSerializers.err(error), sql: undefined }) },
      redact: { paths: names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
}

/** For lines whose members are known to hold no secrets; to look for some in each of them would cost more than to write them. */
export const withoutRedaction = (log: Log): Log => log.child({}, { redact: [] });

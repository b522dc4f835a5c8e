import { type DestinationStream, type Logger, pino } from 'pino';
import { isoOf, toInstant } from './store/instants.ts';

export type Log = Logger;

/** Standard output, written to line by line, for a process beside another one that writes there, and for one that may end without notice. */
export const atOnce = (): DestinationStream => pino.destination({ dest: 1, sync: true });

/** Standard output, written to once for all lines of one turn of the event loop. */
function perTurn(): DestinationStream {
  const output = atOnce();
  let lines = '';
  const flush = () => {
    if (lines === '') return;
    const text = lines;
    lines = '';
    output.write(text);
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}

/** One JSON line an event; whatever is named like a secret is cut out, wherever it stands. */
export function createLog(level: string, destination: DestinationStream = perTurn()): Log {
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

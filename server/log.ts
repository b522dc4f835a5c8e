import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line an event; whatever is named like a secret is cut out, wherever it stands. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const names = ['authorization', 'Authorization', 'secret', 'password', 'token', 'bootstrapToken', 'databaseUrl'];
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // What was to be stored is nobody's business who reads the log.
      serializers: { err: (error: Error) => ({ ...pino.stdSerializers.err(error), sql: undefined }) },
      redact: { paths: names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
}

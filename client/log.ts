export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export interface Logger {
  debug: (message: string) => void;
  info: (message: string) => void;
  warn: (message: string) => void;
  error: (message: string) => void;
}
export interface LogOptions {
  /** The lowest level that is logged. Default: `warn`. */
  level?: LogLevel;
  /** The destination. Default: the console. */
  logger?: Logger;
}

const levels: LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/**
 * Creates a logger that drops messages below `level`.
 *
 * Callers log only methods, path templates, statuses and times. Headers, queries and bodies are never logged, because they may contain secrets.
 */
export function createLog({ level = 'warn', logger = console }: LogOptions = {}): Logger {
  const lowest = levels.indexOf(level);
  const logAt =
    (messageLevel: keyof Logger) =>
    (message: string): void => {
      if (levels.indexOf(messageLevel) >= lowest) logger[messageLevel](`gatehouse: ${message}`);
    };
  return { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') };
}

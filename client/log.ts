export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export interface Logger {
  debug: (message: string) => void;
  info: (message: string) => void;
  warn: (message: string) => void;
  error: (message: string) => void;
}
export interface LogOptions {
  /** The least that is logged; `warn` is the default. */
  level?: LogLevel;
  /** Where to; the console is the default. */
  logger?: Logger;
}

const levels: LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** What is logged are methods, paths, statuses and times: never a header, a query or a body, where secrets are. */
export function createLog({ level = 'warn', logger = console }: LogOptions = {}): Logger {
  const from = levels.indexOf(level);
  const at =
    (own: keyof Logger) =>
    (message: string): void => {
      if (levels.indexOf(own) >= from) logger[own](`gatehouse: ${message}`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

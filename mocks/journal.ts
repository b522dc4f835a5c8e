import type { IncomingMessage } from 'node:http';

export interface JournalEntry {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** The first 64 KiB as text; `''` without a body. */
  body: string;
  /** Null while the request is open, and if the client aborted it. */
  status: number | null;
}

const entriesMax = 1000;
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'x-access-token', 'x-hash'];

export function parseQuery(querystring: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(querystring);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] as string) : values];
    }),
  );
}

export const requestHeadersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Replaces a secret: `Bearer pa_…` becomes `Bearer ***`. */
const withoutSecret = (value: string) => (/^\S+\s+\S/.test(value) ? `${value.split(/\s/)[0]} ***` : '***');

export function createJournal() {
  let entries: JournalEntry[] = [];
  return {
    record(request: IncomingMessage, path: string, querystring: string): JournalEntry {
      const headers = Object.entries(requestHeadersOf(request)).map(([name, value]) => [
        name,
        secretHeaders.includes(name) ? withoutSecret(value) : value,
      ]);
      const entry: JournalEntry = {
        method: request.method ?? '',
        path,
        query: parseQuery(querystring),
        headers: Object.fromEntries(headers),
        body: '',
        status: null,
      };
      entries.push(entry);
      if (entries.length > entriesMax) entries.shift();
      return entry;
    },
    /** Requests since the last reset, newest last. */
    requests: (): JournalEntry[] => structuredClone(entries),
    reset(): void {
      entries = [];
    },
  };
}
export type Journal = ReturnType<typeof createJournal>;

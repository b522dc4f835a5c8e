import type { IncomingMessage } from 'node:http';
import { hideInText, hideInValues, isSecretName } from './hide-secrets.ts';

/** A received request. `***` replaces secrets in its path, query, headers and body. */
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

/** Replaces a secret: `Bearer pa_…` becomes `Bearer ***`. A text without the name of a scheme, such as cookies, is replaced as a whole. */
const withoutSecret = (value: string) => value.replace(/^((?:Bearer|Basic|Digest|Negotiate)\s+)?.*$/is, '$1***');

export function createJournal() {
  let entries: JournalEntry[] = [];
  return {
    record(request: IncomingMessage, path: string, querystring: string): JournalEntry {
      const headers = Object.entries(requestHeadersOf(request)).map(([name, value]) => [
        name,
        isSecretName(name) ? withoutSecret(value) : hideInText(value),
      ]);
      const entry: JournalEntry = {
        method: request.method ?? '',
        path: hideInText(path),
        query: hideInValues(parseQuery(querystring)),
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

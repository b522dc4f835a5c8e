export type Json = Record<string, unknown>;
/** Whether a schema describes a request or a response. */
export type Direction = 'request' | 'response';

export interface Finding {
  verdict: 'breaking' | 'additive';
  /** Such as `GET /api/applications`, or `everywhere`. */
  operation: string;
  /** Location in the operation, such as `200 application/json items[].name`. */
  at: string;
  what: string;
  /** The callers that it breaks, and how; empty for an additive change. */
  why: string;
}
/** A finding before its operation is known. */
export type Found = Omit<Finding, 'operation'>;

export const breaking = (at: string, what: string, why: string): Found => ({ verdict: 'breaking', at, what, why });
export const additive = (at: string, what: string): Found => ({ verdict: 'additive', at, what, why: '' });

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const join = (at: string, name: string) => (at === '' ? name : `${at} ${name}`);

const words = new Set(['description', 'title', 'summary', 'example', 'examples', '$comment', 'deprecated', 'externalDocs', 'xml']);

/** Returns the same text for the same meaning: keys are sorted, and descriptions are left out. */
export function canonical(value: unknown, open: unknown[] = []): string {
  if (open.includes(value)) return '"itself"';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, [...open, value])).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).filter((key) => !words.has(key) || isObject(value[key]));
  const members = keys.sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key], [...open, value])}`);
  return `{${members.join(',')}}`;
}

export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

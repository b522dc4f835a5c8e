export type Json = Record<string, unknown>;
/** Whether a schema describes a request or a response. */
export type Direction = 'request' | 'response';

export interface Finding {
  verdict: 'breaking' | 'additive';
  /** Method and path, such as `GET /api/applications`; `everywhere` for the whole contract. */
  operation: string;
  /** Location in the operation, such as `200 application/json items[].name`. */
  at: string;
  what: string;
  /** The effect on callers; empty for an additive change. */
  why: string;
}
/** A finding without its operation. */
export type Difference = Omit<Finding, 'operation'>;

export const breaking = (at: string, what: string, why: string): Difference => ({ verdict: 'breaking', at, what, why });
export const additive = (at: string, what: string): Difference => ({ verdict: 'additive', at, what, why: '' });

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const asObject = (value: unknown): Json => (isObject(value) ? value : {});
export const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** Appends a name to a location. */
export const join = (at: string, name: string) => (at === '' ? name : `${at} ${name}`);

const annotationKeywords = new Set([
  'description',
  'title',
  'summary',
  'example',
  'examples',
  '$comment',
  'deprecated',
  'externalDocs',
  'xml',
]);

/** Returns the same text for the same meaning: keys are sorted, and descriptions are left out. */
export function canonical(value: unknown, ancestors: unknown[] = []): string {
  if (ancestors.includes(value)) return '"itself"';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, [...ancestors, value])).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).filter((key) => !annotationKeywords.has(key) || isObject(value[key]));
  const members = keys.sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key], [...ancestors, value])}`);
  return `{${members.join(',')}}`;
}

/** Returns a value as JSON text of at most 60 characters. */
export function abbreviated(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

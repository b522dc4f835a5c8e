import { additive, asObject, breaking, canonical, type Difference, type Direction, join } from './findings.ts';
import { compareSchemas } from './schemas.ts';

/** Compares the media types of a body and their schemas. */
export function compareContent(from: unknown, to: unknown, direction: Direction, at: string): Difference[] {
  const [old, current] = [asObject(from), asObject(to)];
  const differences: Difference[] = [];
  for (const type of new Set([...Object.keys(old), ...Object.keys(current)])) {
    const location = join(at, type);
    const why = direction === 'request' ? 'callers that send it are refused' : 'callers that accept only this type do not get it';
    if (!(type in current)) differences.push(breaking(location, 'media type is gone', why));
    else if (!(type in old)) differences.push(additive(location, 'media type is new'));
    else {
      const [before, after] = [asObject(old[type]), asObject(current[type])];
      differences.push(...compareSchemas(before.schema, after.schema, direction, location));
      if (canonical(before.encoding ?? null) !== canonical(after.encoding ?? null))
        differences.push(breaking(location, 'encoding has changed', 'callers encode or decode its parts in the old way'));
    }
  }
  return differences;
}

/** Compares the request bodies of an operation. */
export function compareBodies(from: unknown, to: unknown): Difference[] {
  if (!from && !to) return [];
  if (!from)
    return [
      asObject(to).required
        ? breaking('body', 'required body is new', 'callers that send none are refused')
        : additive('body', 'body is new'),
    ];
  if (!to) return [breaking('body', 'body is gone', 'callers that send one are refused')];
  const [old, current] = [asObject(from), asObject(to)];
  const differences = compareContent(old.content, current.content, 'request', 'body');
  if (current.required && !old.required) differences.push(breaking('body', 'body is required now', 'callers that send none are refused'));
  if (!current.required && old.required) differences.push(additive('body', 'body is optional now'));
  return differences;
}

function compareHeaders(from: unknown, to: unknown, at: string): Difference[] {
  const [old, current] = [from, to].map(
    (headers) =>
      new Map(Object.entries(asObject(headers)).map(([name, header]) => [name.toLowerCase(), { name, header: asObject(header) }])),
  );
  const differences: Difference[] = [];
  for (const [key, { name, header }] of old ?? []) {
    const after = current?.get(key);
    if (!after) differences.push(breaking(`${at} header ${name}`, 'header is gone', 'callers that read it find nothing'));
    else {
      if (header.required && !after.header.required)
        differences.push(breaking(`${at} header ${name}`, 'is optional now', 'callers may not find it'));
      differences.push(...compareSchemas(header.schema, after.header.schema, 'response', `${at} header ${name}`));
    }
  }
  for (const [key, { name }] of current ?? []) if (!old?.has(key)) differences.push(additive(`${at} header ${name}`, 'header is new'));
  return differences;
}

/** Compares the responses of an operation: statuses, bodies and headers. */
export function compareResponses(from: unknown, to: unknown): Difference[] {
  const [old, current] = [asObject(from), asObject(to)];
  const differences: Difference[] = [];
  for (const status of new Set([...Object.keys(old), ...Object.keys(current)])) {
    const isFailure = /^[45]/.test(status);
    if (!(status in current))
      differences.push(
        isFailure ? additive(status, 'response is gone') : breaking(status, 'response is gone', 'callers that expect it do not get it'),
      );
    else if (!(status in old)) differences.push(additive(status, 'response is new'));
    else {
      const [before, after] = [asObject(old[status]), asObject(current[status])];
      differences.push(
        ...compareContent(before.content, after.content, 'response', status),
        ...compareHeaders(before.headers, after.headers, status),
      );
    }
  }
  return differences;
}

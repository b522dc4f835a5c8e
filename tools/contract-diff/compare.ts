import {
  additive,
  asArray,
  asObject,
  breaking,
  canonical,
  type Difference,
  type Direction,
  type Finding,
  isObject,
  type Json,
  join,
} from './findings.ts';
import { compareSchemas } from './schemas.ts';
import { compareSecurity, compareSecuritySchemes } from './security.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Returns operations by method and path, without the names of path parameters, because requests do not contain them. */
function operationsOf(document: Json): Map<string, { name: string; path: string; item: Json; operation: Json }> {
  const found = new Map();
  for (const [path, item] of Object.entries(asObject(document.paths)))
    for (const method of methods) {
      const operation = asObject(item)[method];
      if (!isObject(operation)) continue;
      const name = `${method.toUpperCase()} ${path}`;
      found.set(name.replace(/\{[^}]*\}/g, '{}'), { name, path, item: asObject(item), operation });
    }
  return found;
}

function compareContent(from: unknown, to: unknown, direction: Direction, at: string): Difference[] {
  const [old, now] = [asObject(from), asObject(to)];
  const found: Difference[] = [];
  for (const type of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const location = join(at, type);
    const why = direction === 'request' ? 'callers that send it are refused' : 'callers that accept only this type do not get it';
    if (!(type in now)) found.push(breaking(location, 'media type is gone', why));
    else if (!(type in old)) found.push(additive(location, 'media type is new'));
    else {
      const [before, after] = [asObject(old[type]), asObject(now[type])];
      found.push(...compareSchemas(before.schema, after.schema, direction, location));
      if (canonical(before.encoding ?? null) !== canonical(after.encoding ?? null))
        found.push(breaking(location, 'encoding has changed', 'callers encode or decode its parts in the old way'));
    }
  }
  return found;
}

type Parameter = Json & { in: string; name: string };

/** Identifies a parameter by location and name. Path parameters are identified by position. Header names have no case. */
function parametersOf(path: string, item: Json, operation: Json): Map<string, Parameter> {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const key = ({ in: location, name }: Parameter) =>
    `${location} ${location === 'path' ? names.indexOf(name) : location === 'header' ? name.toLowerCase() : name}`;
  return new Map(
    ([...asArray(item.parameters), ...asArray(operation.parameters)] as Parameter[]).map((parameter) => [key(parameter), parameter]),
  );
}

/** Compares parameters. The keys identify them, as `parametersOf` returns them. */
function compareParameters(old: Map<string, Parameter>, now: Map<string, Parameter>): Difference[] {
  const found: Difference[] = [];
  for (const [key, parameter] of old) {
    const at = `${parameter.in} ${parameter.name}`;
    const after = now.get(key);
    if (!after) {
      const moved = [...now].find(([other, { name }]) => name === parameter.name && !old.has(other));
      const what = moved ? `parameter has moved to ${moved[1].in}` : 'parameter is gone';
      found.push(breaking(at, what, 'callers that send it here are refused'));
      continue;
    }
    if (parameter.in === 'path' && after.name !== parameter.name)
      found.push(breaking(at, `parameter is called ${after.name} now`, 'callers of the typed client use its name'));
    if (after.required && !parameter.required)
      found.push(breaking(at, 'parameter is required now', 'callers that leave it out are refused'));
    if (!after.required && parameter.required) found.push(additive(at, 'parameter is optional now'));
    for (const keyword of ['style', 'explode', 'allowReserved'])
      if (canonical(parameter[keyword] ?? null) !== canonical(after[keyword] ?? null))
        found.push(breaking(at, `${keyword} has changed`, 'callers send it in the old way'));
    found.push(...compareSchemas(parameter.schema, after.schema, 'request', at));
    if (parameter.content || after.content) found.push(...compareContent(parameter.content, after.content, 'request', at));
  }
  for (const [key, parameter] of now) {
    if (old.has(key)) continue;
    const at = `${parameter.in} ${parameter.name}`;
    if (parameter.required) found.push(breaking(at, 'required parameter is new', 'callers that do not send it are refused'));
    else found.push(additive(at, 'parameter is new'));
  }
  return found;
}

function compareBodies(from: unknown, to: unknown): Difference[] {
  if (!from && !to) return [];
  if (!from)
    return [
      asObject(to).required
        ? breaking('body', 'required body is new', 'callers that send none are refused')
        : additive('body', 'body is new'),
    ];
  if (!to) return [breaking('body', 'body is gone', 'callers that send one are refused')];
  const [old, now] = [asObject(from), asObject(to)];
  const found = compareContent(old.content, now.content, 'request', 'body');
  if (now.required && !old.required) found.push(breaking('body', 'body is required now', 'callers that send none are refused'));
  if (!now.required && old.required) found.push(additive('body', 'body is optional now'));
  return found;
}

function compareHeaders(from: unknown, to: unknown, at: string): Difference[] {
  const [old, now] = [from, to].map(
    (headers) =>
      new Map(Object.entries(asObject(headers)).map(([name, header]) => [name.toLowerCase(), { name, header: asObject(header) }])),
  );
  const found: Difference[] = [];
  for (const [key, { name, header }] of old ?? []) {
    const after = now?.get(key);
    if (!after) found.push(breaking(`${at} header ${name}`, 'header is gone', 'callers that read it find nothing'));
    else {
      if (header.required && !after.header.required)
        found.push(breaking(`${at} header ${name}`, 'is optional now', 'callers may not find it'));
      found.push(...compareSchemas(header.schema, after.header.schema, 'response', `${at} header ${name}`));
    }
  }
  for (const [key, { name }] of now ?? []) if (!old?.has(key)) found.push(additive(`${at} header ${name}`, 'header is new'));
  return found;
}

function compareResponses(from: unknown, to: unknown): Difference[] {
  const [old, now] = [asObject(from), asObject(to)];
  const found: Difference[] = [];
  for (const status of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const isFailure = /^[45]/.test(status);
    if (!(status in now))
      found.push(
        isFailure ? additive(status, 'response is gone') : breaking(status, 'response is gone', 'callers that expect it do not get it'),
      );
    else if (!(status in old)) found.push(additive(status, 'response is new'));
    else {
      const [before, after] = [asObject(old[status]), asObject(now[status])];
      found.push(
        ...compareContent(before.content, after.content, 'response', status),
        ...compareHeaders(before.headers, after.headers, status),
      );
    }
  }
  return found;
}

function comparePermissions(from: unknown, to: unknown): Difference[] {
  if (canonical(from ?? null) === canonical(to ?? null)) return [];
  if (!to) return [additive('x-permission', 'no permission is needed any more')];
  return [breaking('x-permission', from ? 'another permission is needed' : 'a permission is needed now', 'tokens without it get 403')];
}

/** Returns the URL of a server, with the defaults of its variables. */
const addressOf = ({ url, variables }: Json): string =>
  String(url).replace(/\{([^}]*)\}/g, (template, name) => String(asObject(asObject(variables)[name]).default ?? template));

/** Returns all differences between two dereferenced documents, and whether each one breaks callers. */
export function compareContracts(from: Json, to: Json): Finding[] {
  const [old, now] = [operationsOf(from), operationsOf(to)];
  const found: Finding[] = compareSecuritySchemes(from, to).map((one) => ({ ...one, operation: 'everywhere' }));
  const addresses = (document: Json) => new Set(asArray(document.servers).map((server) => addressOf(asObject(server))));
  for (const url of addresses(from))
    if (!addresses(to).has(url))
      found.push({ ...breaking('servers', `${url} is gone`, 'callers use this address'), operation: 'everywhere' });
  for (const [key, { name, path, item, operation }] of old) {
    const after = now.get(key);
    const add = (changes: Difference[]) => found.push(...changes.map((change) => ({ ...change, operation: name })));
    if (!after) {
      const isPath = ![...now.values()].some((other) => other.path.replace(/\{[^}]*\}/g, '{}') === path.replace(/\{[^}]*\}/g, '{}'));
      add([breaking('', isPath ? 'path is gone' : 'operation is gone', isPath ? 'callers get 404' : 'callers get 405')]);
      continue;
    }
    if (operation.operationId !== after.operation.operationId)
      add([
        breaking(
          'operationId',
          `${operation.operationId} is now ${after.operation.operationId}`,
          'callers of the typed client use its name',
        ),
      ]);
    add(compareParameters(parametersOf(path, item, operation), parametersOf(after.path, after.item, after.operation)));
    add(compareBodies(operation.requestBody, after.operation.requestBody));
    add(compareResponses(operation.responses, after.operation.responses));
    add(compareSecurity(operation.security ?? from.security, after.operation.security ?? to.security));
    add(comparePermissions(operation['x-permission'], after.operation['x-permission']));
    if (after.operation.deprecated && !operation.deprecated) add([additive('', 'is deprecated now')]);
  }
  for (const [key, { name }] of now) if (!old.has(key)) found.push({ ...additive('', 'operation is new'), operation: name });
  return found;
}

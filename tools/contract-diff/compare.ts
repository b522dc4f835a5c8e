import { compareBodies, compareResponses } from './bodies.ts';
import { additive, asArray, asObject, breaking, type Difference, type Finding, isObject, type Json } from './findings.ts';
import { compareParameters, parametersOf } from './parameters.ts';
import { compareNeeds, comparePermissions } from './rights.ts';
import { compareSecurity, compareSecuritySchemes } from './security.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Returns operations by method and path, without the names of path parameters, because requests do not contain them. */
function operationsOf(document: Json): Map<string, { name: string; path: string; item: Json; operation: Json }> {
  const operations = new Map();
  for (const [path, item] of Object.entries(asObject(document.paths)))
    for (const method of methods) {
      const operation = asObject(item)[method];
      if (!isObject(operation)) continue;
      const name = `${method.toUpperCase()} ${path}`;
      operations.set(name.replace(/\{[^}]*\}/g, '{}'), { name, path, item: asObject(item), operation });
    }
  return operations;
}

/** Returns the URL of a server, with the defaults of its variables. */
const addressOf = ({ url, variables }: Json): string =>
  String(url).replace(/\{([^}]*)\}/g, (template, name) => String(asObject(asObject(variables)[name]).default ?? template));

/** Returns all differences between two dereferenced documents, and whether each one breaks callers. */
export function compareContracts(from: Json, to: Json): Finding[] {
  const [old, current] = [operationsOf(from), operationsOf(to)];
  const differences: Finding[] = compareSecuritySchemes(from, to).map((one) => ({ ...one, operation: 'everywhere' }));
  const addresses = (document: Json) => new Set(asArray(document.servers).map((server) => addressOf(asObject(server))));
  for (const url of addresses(from))
    if (!addresses(to).has(url))
      differences.push({ ...breaking('servers', `${url} is gone`, 'callers use this address'), operation: 'everywhere' });
  for (const [key, { name, path, item, operation }] of old) {
    const after = current.get(key);
    const add = (changes: Difference[]) => differences.push(...changes.map((change) => ({ ...change, operation: name })));
    if (!after) {
      const isPathGone = ![...current.values()].some(
        (other) => other.path.replace(/\{[^}]*\}/g, '{}') === path.replace(/\{[^}]*\}/g, '{}'),
      );
      add([breaking('', isPathGone ? 'path is gone' : 'operation is gone', isPathGone ? 'callers get 404' : 'callers get 405')]);
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
    add(compareNeeds(operation, after.operation, ''));
    if (after.operation.deprecated && !operation.deprecated) add([additive('', 'is deprecated now')]);
  }
  for (const [key, { name }] of current) if (!old.has(key)) differences.push({ ...additive('', 'operation is new'), operation: name });
  return differences;
}

import { enumNames, environmentHeader, isLevelKey, levelIds, requestFor, type SecuredOperation, type TwinRequest } from './requests.ts';
import type { Twin } from './twins.ts';

/** A request in which something belongs to another twin. */
interface Trick {
  name: string;
  request: TwinRequest;
  /** The path or the header names something of the other twin, so the request must be refused. */
  mustFail: boolean;
}

/** Ids of users and tenants, which paths name by key, by twin. */
export type FactIds = (twin: Twin, parameter: string) => string | undefined;

/** Returns all spellings of a path parameter of the other twin. A PUT creates what has a new key, so for one only ids count. */
function spellings(operation: SecuredOperation, name: string, other: Twin, factIds: FactIds): string[] {
  const key = requestFor(operation, other).pathValues[name] as string;
  const id = isLevelKey(name) ? other[levelIds[name]] : factIds(other, name);
  const ids = id ? [id, id.toUpperCase()] : [];
  return [...new Set(operation.method === 'put' && !isLevelKey(name) ? ids : [key, key.toUpperCase(), ...ids])];
}

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Other texts than these are stored, and would look like data of the other twin in later responses. Clients choose the ids of file groups. */
const isReference = (place: string, value: unknown) =>
  (isLevelKey(place.split('.').at(-1) as string) || place.endsWith('.tenant') || idForm.test(String(value))) && !/fileGroup/.test(place);

/** Returns copies of a body in which one reference is that of the other body at the same place. */
function withOneForeign(own: unknown, other: unknown, place = ''): unknown[] {
  if (own === null || typeof own !== 'object') return own !== other && isReference(place, own) ? [other] : [];
  return Object.keys(own).flatMap((name) =>
    withOneForeign((own as never)[name], (other as never)[name], `${place}.${name}`).map((changed) =>
      Array.isArray(own) ? Object.assign([...own], { [name]: changed }) : { ...own, [name]: changed },
    ),
  );
}

/** Returns a copy of a body in which all references are those of the other body. */
function withForeignReferences(own: unknown, other: unknown, place = ''): unknown {
  if (own === null || typeof own !== 'object') return isReference(place, own) ? other : own;
  const members = Object.entries(own).map(([name, value]) => [
    name,
    withForeignReferences(value, (other as never)[name], `${place}.${name}`),
  ]);
  return Array.isArray(own) ? members.map(([, value]) => value) : Object.fromEntries(members);
}

/**
 * Returns the requests that try to reach `other` with a token for `own`.
 *
 * `isInScope` tells that the token may use `other`, if a request names it: then only requests that are about `own` are returned.
 */
export function tricksOf(operation: SecuredOperation, own: Twin, other: Twin, isInScope: boolean, factIds: FactIds): Trick[] {
  const ownRequest = requestFor(operation, own);
  const bodyOf = (body: unknown) => withForeignReferences(requestFor(operation, own, body).body, requestFor(operation, other, body).body);
  const otherRequest = { ...requestFor(operation, other), body: bodyOf(operation.bodies[0]) };
  const isOwn = (name: string, value: string | undefined) =>
    (isLevelKey(name) ? [own[name], own[levelIds[name]]] : [ownRequest.pathValues[name], factIds(own, name)]).includes(
      value?.toLowerCase(),
    );
  const tricks: Trick[] = [];
  const add = (name: string, changes: Partial<TwinRequest>, mustFail: boolean) => {
    const request = { ...ownRequest, ...changes };
    tricks.push({ name, request, mustFail: mustFail && JSON.stringify(request) !== JSON.stringify(ownRequest) });
  };
  const pathNames = Object.keys(operation.pathValues).filter((name) => !enumNames(operation).includes(name));

  for (const name of pathNames) {
    if (isInScope && isLevelKey(name)) continue;
    // A key that both have is the own one.
    for (const value of spellings(operation, name, other, factIds))
      add(`path ${name}=${value}`, { pathValues: { ...ownRequest.pathValues, [name]: value } }, !isOwn(name, value));
  }
  if (pathNames.length > 0 && !(isInScope && pathNames.some(isLevelKey))) {
    for (const spelling of [0, 1, 2, 3]) {
      const values = pathNames.map((name) => {
        const found = spellings(operation, name, other, factIds);
        return [name, found[Math.min(spelling, found.length - 1)] as string];
      });
      const pathValues = { ...otherRequest.pathValues, ...Object.fromEntries(values) };
      const isForeign = pathNames.some((name) => !isOwn(name, pathValues[name]));
      add('all of the path', { ...otherRequest, pathValues }, isForeign);
    }
  }
  for (const [name, example] of Object.entries({ ...operation.query, ...operation.optionalQuery }))
    for (const value of new Set([other.translate(example), other.translate(example).toUpperCase()]))
      add(`query ${name}=${value}`, { query: { ...ownRequest.query, [name]: value } }, false);
  for (const body of operation.body === undefined ? [] : operation.bodies) {
    const [ownBody, otherBody] = [requestFor(operation, own, body).body, requestFor(operation, other, body).body];
    add('body', { body: bodyOf(body), files: otherRequest.files }, false);
    for (const changed of withOneForeign(ownBody, otherBody)) add('a value of the body', { body: changed }, false);
    if (Object.keys(operation.files).length > 0) add('file parts', { files: otherRequest.files }, false);
  }
  if (!isInScope)
    for (const header of headersOf(own, other)) {
      const headers = { [environmentHeader]: header };
      const [project, environment] = header.split('/');
      const isForeign = operation.takesHeader && !(isOwn('projectKey', project) && isOwn('environmentKey', environment));
      add(`header ${header}, own objects`, { headers }, isForeign);
      if (operation.takesHeader) add(`header ${header}`, { ...otherRequest, headers }, isForeign);
    }
  return tricks;
}

/** Returns values of the header that name the other environment, or that mix both. */
function headersOf(own: Twin, other: Twin): string[] {
  const ids = `${other.projectId}/${other.environmentId}`;
  const mixed = [`${own.projectKey}/${other.environmentId}`, `${other.projectId}/${own.environmentKey}`];
  return [...new Set([`${other.projectKey}/${other.environmentKey}`, ids, ids.toUpperCase(), ...mixed])];
}

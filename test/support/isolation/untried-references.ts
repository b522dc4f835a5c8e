import { enumNames, isLevelKey, mediaOf, type SecuredOperation } from './requests.ts';
import type { FactIds } from './tricks.ts';
import type { Twin } from './twins.ts';

type Schema = {
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
};
/** Lists the places of a schema at which an id or the key of a level belongs, such as `identity.supervisorId`. */
function referencePlaces(schema: Schema | undefined, place = ''): string[] {
  if (!schema) return [];
  const within = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((part) =>
    referencePlaces(part, place),
  );
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    isLevelKey(name) ? [`${place}.${name}`] : referencePlaces(member, `${place}.${name}`),
  );
  return [...(schema.format === 'uuid' ? [place] : []), ...within, ...members, ...referencePlaces(schema.items, place)];
}

function placesOfValue(value: unknown, place = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => placesOfValue(item, place));
  if (value === null || typeof value !== 'object') return [place];
  return Object.entries(value).flatMap(([name, member]) => placesOfValue(member, `${place}.${name}`));
}

/** Lists the parameters and members that name an object, and for which the tricks have no foreign value. */
export function untriedReferences(operation: SecuredOperation, own: Twin, factIds: FactIds): string[] {
  const isUnknown = (text: string) => own.translate(text) === text;
  const ofPath = Object.entries(operation.pathValues)
    .filter(([name]) => !isLevelKey(name) && !enumNames(operation).includes(name) && factIds(own, name) === undefined)
    .filter(([, value]) => isUnknown(value));
  const ofQuery = operation.parameters
    .filter(({ in: place, schema }) => place === 'query' && (schema as Schema | undefined)?.format === 'uuid')
    .filter(({ name }) => isUnknown(operation.optionalQuery[name] ?? operation.query[name] ?? ''));
  const tried = operation.bodies.flatMap((body) => placesOfValue(body));
  const isUpload = Object.keys(operation.files).length > 0;
  const ofBody = isUpload
    ? []
    : [...new Set(referencePlaces(mediaOf(operation)?.schema as Schema))].filter((place) => !tried.includes(place));
  return [
    ...ofPath.map(([name]) => `path ${name}`),
    ...ofQuery.map(({ name }) => `query ${name}`),
    ...ofBody.map((place) => `body ${place}`),
  ];
}

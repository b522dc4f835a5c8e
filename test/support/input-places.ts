import type { Schema } from '../../conformance/contract.ts';

/** A place in a JSON body: its path from the root, and the schemas that a value there may match. */
export interface InputPlace {
  path: (string | number)[];
  schemas: Schema[];
}

const alternativesOf = (schema: Schema): Schema[] =>
  [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((one) => (one === schema ? [one] : alternativesOf(one)));

/** Returns every place that a schema describes, the root first. Each list has the place of its first item, and each free-form object the place of a member. */
export function placesOf(schema: Schema, path: InputPlace['path'] = []): InputPlace[] {
  const schemas = alternativesOf(schema);
  const inner = schemas.flatMap(({ properties = {}, items, additionalProperties }) => [
    ...Object.entries(properties).flatMap(([name, member]) => placesOf(member, [...path, name])),
    ...(items ? placesOf(items, [...path, 0]) : []),
    ...(additionalProperties ? placesOf(additionalProperties === true ? {} : additionalProperties, [...path, 'a']) : []),
  ]);
  return [{ path, schemas }, ...inner];
}

/** Returns whether a place can hold values of a type. A schema without a type allows all. */
export const allows = ({ schemas }: InputPlace, type: string): boolean => {
  const types = schemas.flatMap((schema) => schema.type ?? []).flat();
  return types.length === 0 || types.includes(type);
};

/** Returns one place of each different schema: nine custom fields of one schema are one kind of place. */
export function differentPlacesOf(schema: Schema): InputPlace[] {
  const places = new Map(placesOf(schema).map((place) => [JSON.stringify(place.schemas), place]));
  return [...places.values()];
}

export const titleOf = ({ path }: InputPlace): string => ['body', ...path].join('.');

/** Returns a copy of a body with a value at a place. Adds the objects and lists on the way to it. */
export function withValueAt(body: unknown, [step, ...rest]: InputPlace['path'], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [withValueAt(Array.isArray(body) ? body[0] : undefined, rest, value)];
  const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
  return { ...members, [step]: withValueAt(members[step], rest, value) };
}

const stringsOf = (length: number): string[] => ['a'.repeat(length), `a@${'a'.repeat(Math.max(1, length - 2))}`, 'a/a', '2035-01-01'];

/**
 * Returns a value that matches a schema and has the maximum of everything: members, items, and characters up to `charactersMax`.
 *
 * `index` chooses among the values of an enumeration, so that the items of a list differ.
 */
export function largestValue(
  schema: Schema,
  isValid: (schema: Schema, value: unknown) => boolean,
  charactersMax: number,
  index = 0,
): unknown {
  const largest = (part: Schema, at = index) => largestValue(part, isValid, charactersMax, at);
  const [alternative] = schema.oneOf ?? [];
  if (alternative) return largest(alternative);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[index % schema.enum.length];
  const type = [schema.type].flat()[0];
  if (type === 'object') {
    const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [name, largest(member)]);
    const { additionalProperties, maxProperties = 0 } = schema;
    const more = additionalProperties ? Array.from({ length: maxProperties - members.length }, (_, at) => [`a${at}`, 'a'.repeat(100)]) : [];
    return Object.fromEntries([...members, ...more]);
  }
  if (type === 'array') return Array.from({ length: schema.maxItems ?? 0 }, (_, at) => schema.items && largest(schema.items, at));
  if (type === 'integer' || type === 'number') return schema.maximum ?? 1;
  if (type === 'boolean') return true;
  if (schema.format === 'uuid') return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return stringsOf(Math.min(schema.maxLength ?? 1, charactersMax)).find((text) => isValid(schema, text)) ?? null;
}

import type { ErrorObject } from 'ajv';
import type { FieldError } from '../../generated/types.gen.ts';
import { notAnIdMessage } from '../common/ids.ts';

const kinds: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};
const formats: Record<string, string> = { uuid: 'a GUID', 'date-time': 'an ISO 8601 instant', date: 'an ISO 8601 date' };
/** Messages for the patterns of the contract. */
const patterns: [pattern: string, message: string][] = [
  ['^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$', 'Must be a GUID'],
  ['^[^\\S\\u0000-\\u001f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$', 'Must not be blank or hold control characters'],
  ['^[^\\u0000-\\u001f\\u007f]*$', 'Must not hold control characters'],
  ['^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$', 'Must not hold control characters other than tabs and line ends'],
  [
    '^[^\\S\\u000b\\u000c]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
    'Must not be blank or hold control characters',
  ],
  ['^[^\\s@\\u0000-\\u001f\\u007f]+@[^\\s@\\u0000-\\u001f\\u007f]+$', 'Must be an e-mail address'],
  ['^(\\.*[A-Za-z0-9|@+\\-_][A-Za-z0-9|@+\\-._]*|\\.{3,})$', 'Must contain only letters, digits and | @ + - . _, and must not be . or ..'],
  ['^[A-Za-z0-9\\-_]+$', 'Must contain only letters, digits, - and _'],
  ['^[\\x21-\\x7e]+$', 'Must contain only visible ASCII characters, without spaces'],
  ['^[!-.0-~]+/[!-.0-~]+$', 'Must be projectKey/environmentKey'],
  ['^[0-9a-f]{32}$', 'Must be 32 hexadecimal digits in lower case'],
  ['^[a-z][A-Za-z0-9]{0,49}$', 'Must be a field name: a lower-case letter, then at most 49 letters and digits'],
];
const listValues = (values: unknown[]) =>
  values.map((value) => (typeof value === 'string' && /\w/.test(value) ? value : JSON.stringify(value))).join(', ');
const pluralize = (count: number, singular: string, plural = `${singular}s`) => `${count} ${count === 1 ? singular : plural}`;

/** Returns the message for an error of Ajv, or undefined if another error describes the fault better. */
function messageOf({ keyword, params, message, instancePath, propertyName }: ErrorObject): string | undefined {
  switch (keyword) {
    case 'required':
      return 'Is required';
    case 'additionalProperties':
      return instancePath === '/query' ? 'Is not a known query parameter' : 'Is not a known field';
    case 'type':
      return `Must be ${[params.type]
        .flat()
        .map((type) => kinds[type])
        .join(' or ')}`;
    case 'enum':
      return `Must be one of ${listValues(params.allowedValues)}`;
    case 'const':
      // A fixed name is one of several allowed names. The error about the other names is the helpful one.
      if (propertyName !== undefined) return undefined;
      return `Must be ${listValues([params.allowedValue])}`;
    case 'format':
      return `Must be ${formats[params.format] ?? `a ${params.format}`}`;
    case 'minLength':
      return params.limit === 1 ? 'Must not be empty' : `Must have at least ${pluralize(params.limit, 'character')}`;
    case 'maxLength':
      return `Must have at most ${pluralize(params.limit, 'character')}`;
    case 'minimum':
      return `Must be at least ${params.limit}`;
    case 'maximum':
      return `Must be at most ${params.limit}`;
    case 'minItems':
      return `Must have at least ${pluralize(params.limit, 'entry', 'entries')}`;
    case 'maxItems':
      return `Must have at most ${pluralize(params.limit, 'entry', 'entries')}`;
    case 'minProperties':
      return `Must have at least ${pluralize(params.limit, 'field')}`;
    case 'maxProperties':
      return `Must have at most ${pluralize(params.limit, 'field')}`;
    case 'pattern':
      return patterns.find(([pattern]) => params.pattern === pattern)?.[1] ?? `Must match the pattern ${params.pattern}`;
    case 'not':
      // In the contract, only keys of new items have a `not`; a test holds this.
      return notAnIdMessage;
    case 'oneOf':
    case 'anyOf':
    case 'propertyNames':
      return undefined;
    default:
      return message ?? 'Is not valid';
  }
}

const unescapePointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** Returns the name of the field at fault: `identity.firstName` for `/requestBody/identity/firstName`, `body` for the body itself. */
function fieldOf({ instancePath, keyword, params, propertyName }: ErrorObject): string {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  if (keyword === 'required') path.push(params.missingProperty);
  if (keyword === 'additionalProperties') path.push(params.additionalProperty);
  if (propertyName !== undefined) path.push(propertyName);
  const [part, ...segments] = path;
  if (segments.length > 0) return segments.join('.');
  return part === undefined || part === 'requestBody' ? 'body' : part;
}

/** Returns, for each value that matches none of several formats, all of these formats in words. */
function alternativesOf(errors: ErrorObject[]): Map<string, string> {
  const alternatives = new Map<string, string>();
  for (const { keyword, schemaPath, instancePath, params } of errors) {
    if (keyword !== 'format' || !schemaPath.includes('anyOf/')) continue;
    const earlier = alternatives.get(instancePath);
    alternatives.set(instancePath, `${earlier ? `${earlier} or ` : ''}${formats[params.format] ?? `a ${params.format}`}`);
  }
  return alternatives;
}

/** Tells whether an error is about one of several spellings of a name. An error about the length of the text is more helpful. */
const isAboutSpelling = ({ schemaPath }: ErrorObject) => /anyOf\/\d+\/(enum|pattern)$/.test(schemaPath);

/** Turns the errors of Ajv into messages for people: the first error of each field, because later ones mostly repeat it. */
export function toFieldErrors(errors: ErrorObject[]): FieldError[] {
  const found = new Map<string, FieldError>();
  const alternatives = alternativesOf(errors);
  const ordered = errors.toSorted((one, other) => Number(isAboutSpelling(one)) - Number(isAboutSpelling(other)));
  for (const error of ordered) {
    // A nullable value fails `null` and its real type. Only the real type helps.
    if (error.keyword === 'type' && error.params.type === 'null' && error.schemaPath.includes('Of/')) continue;
    const alternative = error.schemaPath.includes('anyOf/') ? alternatives.get(error.instancePath) : undefined;
    const message = alternative ? `Must be ${alternative}` : messageOf(error);
    const field = fieldOf(error);
    if (message !== undefined && !found.has(field)) found.set(field, { field, message });
  }
  if (found.size === 0) for (const error of errors) found.set(fieldOf(error), { field: fieldOf(error), message: 'Is not valid' });
  return [...found.values()];
}

import { readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { dereference } from './dereference.ts';

/** The keywords of JSON Schema that the kit can generate values for and violate. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  not?: Schema;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: boolean | Schema;
}
type Examples = Record<string, { value: unknown }>;
interface Media {
  schema: Schema;
  examples?: Examples;
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
  example?: unknown;
}
export interface DeclaredResponse {
  headers?: Record<string, { schema: Schema }>;
  content?: Record<string, Media>;
}
export interface Operation {
  id: string;
  method: string;
  path: string;
  isSecured: boolean;
  /** Headers that can have the token instead of `Authorization`. */
  tokenHeaders: string[];
  parameters: Parameter[];
  body: ({ type: string; isRequired: boolean } & Media) | undefined;
  responses: Record<string, DeclaredResponse>;
}
export interface Contract {
  operations: Operation[];
  errorSchema: Schema;
  /** Returns the validation errors of a value; empty if it is valid. */
  validationErrors: (schema: Schema, value: unknown) => string[];
  /** Returns the error codes in the examples of a status. */
  errorCodesOf: (status: number) => Set<string>;
}

export const isJsonType = (type: string): boolean => /^application\/([\w.-]+\+)?json$/.test(type);

type Security = Record<string, unknown>[];
interface RawOperation {
  operationId?: string;
  security?: Security;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, DeclaredResponse>;
}
interface Document {
  security?: Security;
  paths: Record<string, Record<string, RawOperation> & { parameters?: Parameter[] }>;
  components: { schemas: { Error: Schema }; securitySchemes?: Record<string, { type: string; in?: string; name?: string }> };
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

function createValidator(): Contract['validationErrors'] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('binary', true);
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const unknownField = (params as { additionalProperty?: string }).additionalProperty;
      return `${instancePath || 'value'} ${message}${unknownField === undefined ? '' : ` (${unknownField})`}`;
    });
  };
}

function errorCodesByStatus(operations: Operation[]): Map<number, Set<string>> {
  const codes = new Map([[405, new Set(['method_not_allowed'])]]);
  for (const { responses } of operations)
    for (const [status, { content = {} }] of Object.entries(responses)) {
      const known = codes.get(Number(status)) ?? new Set();
      for (const { examples = {} } of Object.values(content))
        for (const { value } of Object.values(examples)) {
          const code = (value as { error?: unknown } | undefined)?.error;
          if (Number(status) >= 400 && typeof code === 'string') known.add(code);
        }
      codes.set(Number(status), known);
    }
  return codes;
}

/** Thrown if the kit cannot use the contract. */
export class UnusableContract extends Error {}

function readDocument(text: string): Document {
  try {
    const document = dereference(parse(text, { merge: true })) as unknown as Document;
    if (document.paths && document.components?.schemas?.Error) return document;
  } catch (error) {
    throw new UnusableContract(`The contract can't be used: ${(error as Error).message}`);
  }
  throw new UnusableContract('The contract has no paths, or no schema Error');
}

/** Returns the headers that authenticate a request without other credentials. */
const tokenHeadersOf = ({ components: { securitySchemes = {} } }: Document, security: Security): string[] =>
  security.flatMap((alternative) => {
    const [name, ...more] = Object.keys(alternative);
    const scheme = securitySchemes[name ?? ''];
    return scheme?.type === 'apiKey' && scheme.in === 'header' && scheme.name && more.length === 0 ? [scheme.name] : [];
  });

/** Parses a contract. Throws `UnusableContract` for a text that is not a contract, or has references that cannot be resolved. */
export function toContract(text: string): Contract {
  const document = readDocument(text);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Operation[] => {
      const raw = item[method];
      if (!raw) return [];
      const security = raw.security ?? document.security ?? [];
      const [type, media] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
      return [
        {
          id: raw.operationId ?? `${method} ${path}`,
          method: method.toUpperCase(),
          path,
          isSecured: security.length > 0,
          tokenHeaders: tokenHeadersOf(document, security),
          parameters: [...(item.parameters ?? []), ...(raw.parameters ?? [])],
          body: type && media ? { type, isRequired: raw.requestBody?.required ?? false, ...media } : undefined,
          responses: raw.responses,
        },
      ];
    }),
  );
  const codes = errorCodesByStatus(operations);
  return {
    operations,
    errorSchema: document.components.schemas.Error,
    validationErrors: createValidator(),
    errorCodesOf: (status) => codes.get(status) ?? new Set(),
  };
}

const contractsByText = new Map<string, Contract>();

/** Reads a contract. The same text is compiled only once. */
export async function readContract(path: string): Promise<Contract> {
  const text = await readFile(path, 'utf8');
  const contract = contractsByText.get(text) ?? toContract(text);
  contractsByText.set(text, contract);
  return contract;
}

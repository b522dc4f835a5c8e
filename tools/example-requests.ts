import { readFileSync, writeFileSync } from 'node:fs';
import $RefParser from '@apidevtools/json-schema-ref-parser';
import type { OpenAPIV3_1 } from 'openapi-types';
import { parse } from 'yaml';

export type Document = OpenAPIV3_1.Document;
export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';
type Media = { example?: unknown; examples?: Record<string, { value?: unknown }> };
export type Response = { description: string; content?: Record<string, Media> };
export type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: { default?: unknown; enum?: unknown[] };
  example?: unknown;
};
type Operation = Omit<OpenAPIV3_1.OperationObject, 'responses' | 'parameters' | 'requestBody'> & {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response>;
};

/** An operation with the request that its examples describe. */
export interface ExampleRequest {
  operationId: string;
  method: Method;
  /** Path template, such as `/api/applications/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description: string;
  /** The operation needs no token. */
  isUnsecured: boolean;
  parameters: Parameter[];
  pathValues: Record<string, string>;
  query: Record<string, string>;
  mediaType: string | undefined;
  body: unknown;
  /** Part names and file names of an upload. */
  files: Record<string, string>;
  responses: Record<string, Response>;
}

export const methods: Method[] = ['get', 'put', 'post', 'delete', 'patch'];
export const baseUrl = 'http://127.0.0.1:8080';
/** Keys of the project and the environment that the first start of a server creates. The sandbox has the same. */
export const wellKnownKeys: Record<string, string> = { projectKey: 'default', environmentKey: 'production' };

export const readDocument = (): Document => parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8'));

/** Returns whether a media type is JSON. */
export const isJsonType = (type: string): boolean => /^application\/([\w.-]+\+)?json$/.test(type);

/** Returns the first example of a body. */
export function exampleOf(media: Media | undefined): unknown {
  return media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
}

type Example = { id?: string; key?: string; files?: { id: string }[]; connector?: { fileGroups: { id: string }[] } };
type Paths = Record<string, Record<string, unknown>>;

function successExampleOf(operation: unknown): Example | undefined {
  const { responses = {} } = (operation ?? {}) as Partial<Operation>;
  const status = Object.keys(responses).find((code) => code.startsWith('2'));
  const example = status === undefined ? undefined : exampleOf(Object.values(responses[status]?.content ?? {})[0]);
  return typeof example === 'object' ? (example as Example) : undefined;
}

/** Returns the value of a path parameter: the id or key in the example of the resource that the path names. */
function pathValueOf(paths: Paths, path: string, { name, schema, example }: Parameter): string {
  const wellKnown = wellKnownKeys[name] ?? schema?.enum?.[0];
  if (wellKnown !== undefined) return String(wellKnown);
  const prefix = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2);
  const resource = paths[prefix]?.get
    ? prefix
    : (Object.keys(paths).find((candidate) => candidate.endsWith(`/{${name}}`) && paths[candidate]?.get) ?? prefix);
  const item = successExampleOf(paths[resource]?.get);
  if (item) return String(name === 'id' ? item.id : item.key);
  const files = successExampleOf(paths[prefix.replace(/\/files\/\{[^}]*\}$/, '')]?.get)?.files;
  if (files?.[0]) return files[0].id;
  if (example !== undefined) return String(example);
  throw new Error(`The contract has no example for ${name} of ${path}`);
}

function exampleRequestOf(paths: Paths, path: string, method: Method): ExampleRequest {
  const pathItem = paths[path] as Record<string, unknown>;
  const operation = pathItem[method] as Operation;
  const parameters = [...((pathItem.parameters ?? []) as Parameter[]), ...(operation.parameters ?? [])];
  const [mediaType, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const isUpload = mediaType === 'multipart/form-data';
  const application = successExampleOf(paths['/api/applications/{id}']?.get);
  const queryValueOf = ({ example, schema }: Parameter) => String(example ?? schema?.default ?? schema?.enum?.[0] ?? '');
  return {
    operationId: operation.operationId,
    method,
    path,
    tag: operation.tags?.[0] ?? '',
    summary: operation.summary ?? operation.operationId,
    description: operation.description ?? '',
    isUnsecured: operation.security?.length === 0,
    parameters,
    pathValues: Object.fromEntries(
      parameters.filter((parameter) => parameter.in === 'path').map((parameter) => [parameter.name, pathValueOf(paths, path, parameter)]),
    ),
    query: Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map((parameter) => [parameter.name, queryValueOf(parameter)]),
    ),
    mediaType,
    body: isUpload ? { applicationId: application?.id } : exampleOf(media),
    files: isUpload ? { [application?.connector?.fileGroups[0]?.id ?? '']: 'users.csv' } : {},
    responses: operation.responses,
  };
}

/** Returns a request for every operation, in the order of the contract. */
export async function exampleRequestsOf(document: Document): Promise<ExampleRequest[]> {
  const { paths } = (await $RefParser.dereference(structuredClone(document), { resolve: { external: false } })) as unknown as {
    paths: Paths;
  };
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.filter((method) => method in item).map((method) => exampleRequestOf(paths, path, method)),
  );
}

/** Returns the URL of a request at the default address of a server. */
export function urlOfRequest({ path, pathValues, query }: Pick<ExampleRequest, 'path' | 'pathValues' | 'query'>): string {
  const filled = path.replace(/\{([^}]*)\}/g, (_, name: string) => encodeURIComponent(pathValues[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return `${baseUrl}${filled}${search && `?${search}`}`;
}

/** Returns JSON text as it is stored in `generated/`. */
export const formatted = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a file of the repository. */
export function write(text: string, name: string): void {
  writeFileSync(new URL(`../${name}`, import.meta.url), text);
}

import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { isSigned } from './access-key-samples.ts';
import {
  baseUrl,
  type Document,
  type ExampleRequest,
  exampleOf,
  exampleRequestsOf,
  formatted,
  isJsonType,
  type Parameter,
  type Response,
  readDocument,
  wellKnownKeys,
  write,
} from './example-requests.ts';

export const file = 'generated/postman_collection.json';

/** Returns the same id for the same name, so that generating the collection again changes nothing. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`gatehouse ${name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

const textOf = (value: unknown) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2));
const isIn = (location: string) => (parameter: Parameter) => parameter.in === location;

function urlOf({ path, parameters, pathValues, query }: ExampleRequest) {
  const pathWithVariables = path.replace(/\{([^}]*)\}/g, ':$1');
  const required = new URLSearchParams(query).toString();
  const queries = parameters.filter(isIn('query')).map(({ name, schema, description = '', required: isRequired }) => ({
    key: name,
    value: query[name] ?? String(schema?.default ?? ''),
    description,
    disabled: !isRequired,
  }));
  const variables = parameters.filter(isIn('path')).map(({ name, description = '' }) => ({
    key: name,
    value: name in wellKnownKeys ? `{{${name}}}` : encodeURIComponent(pathValues[name] ?? ''),
    description,
  }));
  return {
    raw: `{{baseUrl}}${pathWithVariables}${required && `?${required}`}`,
    host: ['{{baseUrl}}'],
    path: pathWithVariables.split('/').slice(1),
    ...(queries.length > 0 && { query: queries }),
    ...(variables.length > 0 && { variable: variables }),
  };
}

function bodyOf(request: ExampleRequest) {
  const { mediaType, body, files } = request;
  if (mediaType === 'multipart/form-data') {
    const fields = Object.entries(body as Record<string, string>).map(([key, value]) => ({ key, value, type: 'text' }));
    const parts = Object.entries(files).map(([key, src]) => ({ key, src, type: 'file' }));
    return { mode: 'formdata', formdata: [...fields, ...parts] };
  }
  if (mediaType === undefined) return undefined;
  const raw = isSigned(request) ? { ...(body as object), content: '{{content}}' } : body;
  return { mode: 'raw', raw: textOf(raw), options: { raw: { language: 'json' } } };
}

/** Values of headers, from variables of the collection or of Postman. */
const headerValues: Record<string, string> = {
  'Idempotency-Key': '{{$guid}}',
  'Gatehouse-Environment': '{{projectKey}}/{{environmentKey}}',
  'x-key': '{{accessKeyId}}',
  'x-hash': '{{hash}}',
};

/** Postman script that signs a new text before each request. A variable puts the text into the body. */
const signingScript = [
  "const content = [Math.floor(Date.now() / 1000), pm.variables.replaceIn('{{$guid}}')].join('.');",
  "pm.variables.set('content', content);",
  "pm.variables.set('hash', CryptoJS.HmacSHA256(content, pm.variables.get('accessKeySecret')).toString());",
];

function requestOf(request: ExampleRequest) {
  const body = bodyOf(request);
  const headers = request.parameters.filter(isIn('header')).map(({ name, description = '', required }) => ({
    key: name,
    value: headerValues[name] ?? '',
    description,
    disabled: !required,
  }));
  // Accept names only the first media type of each response. A caller must ask for the others explicitly.
  const types = [...new Set(Object.values(request.responses).flatMap(({ content = {} }) => Object.keys(content).slice(0, 1)))];
  return {
    ...(request.isUnsecured && { auth: { type: 'noauth' } }),
    method: request.method.toUpperCase(),
    header: [
      ...(types.length > 0 ? [{ key: 'Accept', value: types.join(', ') }] : []),
      ...(body?.mode === 'raw' ? [{ key: 'Content-Type', value: request.mediaType }] : []),
      ...headers,
    ],
    ...(body && { body }),
    url: urlOf(request),
    description: request.description,
  };
}

function savedResponseOf(request: ExampleRequest, code: string, { description, content = {} }: Response) {
  const [type, media] = Object.entries(content)[0] ?? [];
  const { raw, host, path } = urlOf(request);
  return {
    id: idOf(`${request.operationId} ${code}`),
    name: description,
    originalRequest: { method: request.method.toUpperCase(), header: [], url: { raw, host, path } },
    status: STATUS_CODES[code] ?? '',
    code: Number(code),
    _postman_previewlanguage: isJsonType(type ?? '') ? 'json' : 'text',
    header: type ? [{ key: 'Content-Type', value: type }] : [],
    cookie: [],
    body: textOf(exampleOf(media)),
  };
}

const requestItemOf = (request: ExampleRequest) => ({
  id: idOf(request.operationId),
  name: request.summary,
  ...(isSigned(request) && { event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: signingScript } }] }),
  request: requestOf(request),
  response: Object.entries(request.responses).map(([code, response]) => savedResponseOf(request, code, response)),
});

/** Returns the contract as a Postman collection, format 2.1.0. */
export async function collectionOf(document: Document) {
  const requests = await exampleRequestsOf(document);
  const variables = { baseUrl, token: '', ...wellKnownKeys, accessKeyId: '', accessKeySecret: '' };
  return {
    info: {
      _postman_id: idOf('collection'),
      name: document.info.title,
      description: document.info.description ?? '',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: Object.entries(variables).map(([key, value]) => ({ key, value, type: 'string' })),
    item: (document.tags ?? []).map(({ name, description = '' }) => ({
      id: idOf(`tag ${name}`),
      name,
      description,
      item: requests.filter(({ tag }) => tag === name).map(requestItemOf),
    })),
  };
}

export const generate = async () => formatted(await collectionOf(readDocument()));

if (import.meta.main) write(await generate(), file);

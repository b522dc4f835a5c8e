import { isSigned, signedSamplesOf } from './access-key-samples.ts';
import type { CodeSample } from './code-sample.ts';
import {
  baseUrl,
  type Document,
  type ExampleRequest,
  exampleRequestsOf,
  formatted,
  isJsonType,
  type Method,
  methods,
  readDocument,
  urlOfRequest,
  write,
} from './example-requests.ts';

export const file = 'generated/openapi-with-samples.json';

const isEmpty = (value: object) => Object.keys(value).length === 0;
const isUpload = ({ mediaType }: ExampleRequest) => mediaType === 'multipart/form-data';
const fieldsOf = ({ body }: ExampleRequest) => Object.entries(body as Record<string, string>);

/** Quotes text for a POSIX shell. */
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** Quotes text for PowerShell, which also ends a string at a typographic quote. */
const powerShell = (text: string) => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
/** Quotes text for Python, which has the same escapes as JSON. */
const python = (text: string) => JSON.stringify(text);
const typeScript = (text: string) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

interface Notation {
  text: (text: string) => string;
  key: (name: string) => string;
  keywords: [none: string, yes: string, no: string];
  indent: string;
  /** Space inside the braces of an object on one line. */
  space: string;
}
const pythonNotation: Notation = { text: python, key: python, keywords: ['None', 'True', 'False'], indent: '    ', space: '' };
const typeScriptNotation: Notation = {
  text: typeScript,
  key: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : typeScript(name)),
  keywords: ['null', 'true', 'false'],
  indent: '  ',
  space: ' ',
};

/** Returns a value as a literal of the language, on one line if it fits. */
function literal(value: unknown, notation: Notation, margin: string): string {
  if (value === null) return notation.keywords[0];
  if (typeof value === 'boolean') return notation.keywords[value ? 1 : 2];
  if (typeof value === 'string') return notation.text(value);
  if (typeof value !== 'object') return String(value);
  const inner = margin + notation.indent;
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((item) => literal(item, notation, inner))
    : Object.entries(value as object).map(([name, item]) => `${notation.key(name)}: ${literal(item, notation, inner)}`);
  const [start, end] = isList ? '[]' : '{}';
  if (members.length === 0) return `${start}${end}`;
  const space = isList ? '' : notation.space;
  const line = `${start}${space}${members.join(', ')}${space}${end}`;
  if (margin.length + line.length <= 80 && !line.includes('\n')) return line;
  return `${start}\n${members.map((member) => `${inner}${member},\n`).join('')}${margin}${end}`;
}

function shellCurl(request: ExampleRequest): string {
  const lines = [`curl ${request.method === 'get' ? '' : `-X ${request.method.toUpperCase()} `}${shell(urlOfRequest(request))}`];
  if (!request.isUnsecured) lines.push('-H "Authorization: Bearer $TOKEN"');
  if (isUpload(request)) {
    for (const [name, value] of fieldsOf(request)) lines.push(`--form-string ${shell(`${name}=${value}`)}`);
    for (const [name, path] of Object.entries(request.files)) lines.push(`-F ${shell(`${name}=@${path}`)}`);
  } else if (request.body !== undefined)
    lines.push(`-H ${shell(`Content-Type: ${request.mediaType}`)}`, `--data-raw ${shell(JSON.stringify(request.body, null, 2))}`);
  return lines.join(' \\\n  ');
}

function powerShellInvoke(request: ExampleRequest): string {
  const method = request.method.charAt(0).toUpperCase() + request.method.slice(1);
  const lines = [`Invoke-RestMethod -Method ${method} -Uri ${powerShell(urlOfRequest(request))}`];
  if (!request.isUnsecured) lines.push('-Headers @{ Authorization = "Bearer $env:TOKEN" }');
  if (isUpload(request)) {
    const fields = fieldsOf(request).map(([name, value]) => `${powerShell(name)} = ${powerShell(value)}`);
    const files = Object.entries(request.files).map(([name, path]) => `${powerShell(name)} = Get-Item ${powerShell(path)}`);
    lines.push(`-Form @{ ${[...fields, ...files].join('; ')} }`);
  } else if (request.body !== undefined)
    lines.push(
      `-ContentType ${powerShell(`${request.mediaType}; charset=utf-8`)}`,
      `-Body ${powerShell(JSON.stringify(request.body, null, 2))}`,
    );
  return lines.join(' `\n  ');
}

function successTypeOf({ responses }: ExampleRequest): string | undefined {
  const status = Object.keys(responses).find((code) => code.startsWith('2')) ?? '';
  return Object.keys(responses[status]?.content ?? {})[0];
}

function pythonRequests(request: ExampleRequest): string {
  const toLiteral = (value: unknown) => literal(value, pythonNotation, '    ');
  const lines = [`requests.${request.method}(`, `    ${python(urlOfRequest({ ...request, query: {} }))},`];
  if (!request.isUnsecured) lines.push('    headers={"Authorization": f"Bearer {os.environ[\'TOKEN\']}"},');
  if (!isEmpty(request.query)) lines.push(`    params=${toLiteral(request.query)},`);
  if (isUpload(request)) {
    const files = Object.entries(request.files).map(([name, path]) => `${python(name)}: open(${python(path)}, "rb")`);
    lines.push(`    data=${toLiteral(request.body)},`, `    files={${files.join(', ')}},`);
  } else if (request.body !== undefined) lines.push(`    json=${toLiteral(request.body)},`);
  lines.push('    timeout=30,', ')', 'response.raise_for_status()');
  const type = successTypeOf(request);
  if (type) lines.push(isJsonType(type) ? 'print(response.json())' : 'print(response.text)');
  return `${request.isUnsecured ? '' : 'import os\n\n'}import requests\n\nresponse = ${lines.join('\n')}`;
}

function typeScriptClient(request: ExampleRequest): string {
  const margin = '  ';
  const toLiteral = (value: unknown) => literal(value, typeScriptNotation, margin);
  const input: string[] = [];
  if (!isEmpty(request.pathValues)) input.push(`path: ${toLiteral(request.pathValues)}`);
  if (!isEmpty(request.query)) input.push(`query: ${toLiteral(request.query)}`);
  if (isUpload(request)) {
    const fields = fieldsOf(request).map(([name, value]) => `${typeScriptNotation.key(name)}: ${typeScript(value)}`);
    const files = Object.entries(request.files).map(
      ([name, path]) => `${typeScript(name)}: new File([await readFile(${typeScript(path)})], ${typeScript(path)})`,
    );
    input.push(`body: {\n${[...fields, ...files].map((line) => `    ${line},\n`).join('')}  }`);
  } else if (request.body !== undefined) input.push(`body: ${toLiteral(request.body)}`);
  const oneLine = `{ ${input.join(', ')} }`;
  const isShort = oneLine.length <= 80 && !oneLine.includes('\n');
  const argument = input.length === 0 ? '' : isShort ? oneLine : `{\n${input.map((member) => `  ${member},\n`).join('')}}`;
  const options = `${request.isUnsecured ? '' : 'token: process.env.TOKEN, '}baseUrl: '${baseUrl}'`;
  return [
    ...(isUpload(request) ? ["import { readFile } from 'node:fs/promises';"] : []),
    "import { createClient } from '@gatehouse/client';",
    '',
    `const client = createClient({ ${options} });`,
    successTypeOf(request)
      ? `console.log(await client.${request.operationId}(${argument}));`
      : `await client.${request.operationId}(${argument});`,
  ].join('\n');
}

const unsignedSamplesOf = (request: ExampleRequest): CodeSample[] => [
  { lang: 'Shell', label: 'curl', source: shellCurl(request) },
  { lang: 'PowerShell', label: 'PowerShell', source: powerShellInvoke(request) },
  { lang: 'Python', label: 'Python', source: pythonRequests(request) },
  { lang: 'TypeScript', label: 'TypeScript', source: typeScriptClient(request) },
];

export const codeSamplesOf = (request: ExampleRequest): CodeSample[] =>
  isSigned(request) ? signedSamplesOf(request, `baseUrl: '${baseUrl}'`) : unsignedSamplesOf(request);

/** Returns the document with `x-codeSamples`, which Redoc and other tools show beside an operation. */
export async function withCodeSamples(document: Document): Promise<Document> {
  const samples = new Map((await exampleRequestsOf(document)).map((request) => [request.operationId, codeSamplesOf(request)]));
  const items = Object.entries((document.paths ?? {}) as Record<string, Record<string, unknown>>);
  const paths = items.map(([path, item]) => {
    const members = Object.entries(item).map(([name, value]) => {
      if (!methods.includes(name as Method)) return [name, value];
      const operation = value as { operationId: string };
      return [name, { ...operation, 'x-codeSamples': samples.get(operation.operationId) }];
    });
    return [path, Object.fromEntries(members)];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

export const generate = async () => formatted(await withCodeSamples(readDocument()));

if (import.meta.main) write(await generate(), file);

import {
  addressOf,
  baseUrl,
  type Call,
  callsOf,
  type Document,
  formatted,
  isJsonType,
  type Method,
  methods,
  readDocument,
  write,
} from './calls.ts';
import type { CodeSample } from './code-sample.ts';
import { isSigned, signedSamplesOf } from './exchange-samples.ts';

export const file = 'generated/openapi-with-samples.json';

const isEmpty = (value: object) => Object.keys(value).length === 0;
const isUpload = ({ mediaType }: Call) => mediaType === 'multipart/form-data';
const fieldsOf = ({ body }: Call) => Object.entries(body as Record<string, string>);

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
  words: [none: string, yes: string, no: string];
  indent: string;
  /** Space inside the braces of an object on one line. */
  space: string;
}
const pythonNotation: Notation = { text: python, key: python, words: ['None', 'True', 'False'], indent: '    ', space: '' };
const typeScriptNotation: Notation = {
  text: typeScript,
  key: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : typeScript(name)),
  words: ['null', 'true', 'false'],
  indent: '  ',
  space: ' ',
};

/** Returns a value as a literal of the language, on one line if it fits. */
function literal(value: unknown, notation: Notation, margin: string): string {
  if (value === null) return notation.words[0];
  if (typeof value === 'boolean') return notation.words[value ? 1 : 2];
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

function curl(call: Call): string {
  const lines = [`curl ${call.method === 'get' ? '' : `-X ${call.method.toUpperCase()} `}${shell(addressOf(call))}`];
  if (!call.isOpen) lines.push('-H "Authorization: Bearer $TOKEN"');
  if (isUpload(call)) {
    for (const [name, value] of fieldsOf(call)) lines.push(`--form-string ${shell(`${name}=${value}`)}`);
    for (const [name, path] of Object.entries(call.files)) lines.push(`-F ${shell(`${name}=@${path}`)}`);
  } else if (call.body !== undefined)
    lines.push(`-H ${shell(`Content-Type: ${call.mediaType}`)}`, `--data-raw ${shell(JSON.stringify(call.body, null, 2))}`);
  return lines.join(' \\\n  ');
}

function invokeRestMethod(call: Call): string {
  const method = call.method.charAt(0).toUpperCase() + call.method.slice(1);
  const lines = [`Invoke-RestMethod -Method ${method} -Uri ${powerShell(addressOf(call))}`];
  if (!call.isOpen) lines.push('-Headers @{ Authorization = "Bearer $env:TOKEN" }');
  if (isUpload(call)) {
    const fields = fieldsOf(call).map(([name, value]) => `${powerShell(name)} = ${powerShell(value)}`);
    const files = Object.entries(call.files).map(([name, path]) => `${powerShell(name)} = Get-Item ${powerShell(path)}`);
    lines.push(`-Form @{ ${[...fields, ...files].join('; ')} }`);
  } else if (call.body !== undefined)
    lines.push(`-ContentType ${powerShell(`${call.mediaType}; charset=utf-8`)}`, `-Body ${powerShell(JSON.stringify(call.body, null, 2))}`);
  return lines.join(' `\n  ');
}

function successTypeOf({ responses }: Call): string | undefined {
  const status = Object.keys(responses).find((code) => code.startsWith('2')) ?? '';
  return Object.keys(responses[status]?.content ?? {})[0];
}

function requests(call: Call): string {
  const value = (one: unknown) => literal(one, pythonNotation, '    ');
  const lines = [`requests.${call.method}(`, `    ${python(addressOf({ ...call, query: {} }))},`];
  if (!call.isOpen) lines.push('    headers={"Authorization": f"Bearer {os.environ[\'TOKEN\']}"},');
  if (!isEmpty(call.query)) lines.push(`    params=${value(call.query)},`);
  if (isUpload(call)) {
    const files = Object.entries(call.files).map(([name, path]) => `${python(name)}: open(${python(path)}, "rb")`);
    lines.push(`    data=${value(call.body)},`, `    files={${files.join(', ')}},`);
  } else if (call.body !== undefined) lines.push(`    json=${value(call.body)},`);
  lines.push('    timeout=30,', ')', 'response.raise_for_status()');
  const type = successTypeOf(call);
  if (type) lines.push(isJsonType(type) ? 'print(response.json())' : 'print(response.text)');
  return `${call.isOpen ? '' : 'import os\n\n'}import requests\n\nresponse = ${lines.join('\n')}`;
}

function client(call: Call): string {
  const margin = '  ';
  const value = (one: unknown) => literal(one, typeScriptNotation, margin);
  const input: string[] = [];
  if (!isEmpty(call.pathValues)) input.push(`path: ${value(call.pathValues)}`);
  if (!isEmpty(call.query)) input.push(`query: ${value(call.query)}`);
  if (isUpload(call)) {
    const fields = fieldsOf(call).map(([name, one]) => `${typeScriptNotation.key(name)}: ${typeScript(one)}`);
    const files = Object.entries(call.files).map(
      ([name, path]) => `${typeScript(name)}: new File([await readFile(${typeScript(path)})], ${typeScript(path)})`,
    );
    input.push(`body: {\n${[...fields, ...files].map((line) => `    ${line},\n`).join('')}  }`);
  } else if (call.body !== undefined) input.push(`body: ${value(call.body)}`);
  const line = `{ ${input.join(', ')} }`;
  const isShort = line.length <= 80 && !line.includes('\n');
  const given = input.length === 0 ? '' : isShort ? line : `{\n${input.map((one) => `  ${one},\n`).join('')}}`;
  const options = `${call.isOpen ? '' : 'token: process.env.TOKEN, '}baseUrl: '${baseUrl}'`;
  return [
    ...(isUpload(call) ? ["import { readFile } from 'node:fs/promises';"] : []),
    "import { createClient } from '@gatehouse/client';",
    '',
    `const client = createClient({ ${options} });`,
    successTypeOf(call) ? `console.log(await client.${call.operationId}(${given}));` : `await client.${call.operationId}(${given});`,
  ].join('\n');
}

const plainSamplesOf = (call: Call): CodeSample[] => [
  { lang: 'Shell', label: 'curl', source: curl(call) },
  { lang: 'PowerShell', label: 'PowerShell', source: invokeRestMethod(call) },
  { lang: 'Python', label: 'Python', source: requests(call) },
  { lang: 'TypeScript', label: 'TypeScript', source: client(call) },
];

export const codeSamplesOf = (call: Call): CodeSample[] =>
  isSigned(call) ? signedSamplesOf(call, `baseUrl: '${baseUrl}'`) : plainSamplesOf(call);

/** Returns the document with `x-codeSamples`, which Redoc and other tools show beside an operation. */
export async function withCodeSamples(document: Document): Promise<Document> {
  const samples = new Map((await callsOf(document)).map((call) => [call.operationId, codeSamplesOf(call)]));
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

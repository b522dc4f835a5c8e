import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type DeclaredResponse, type Operation, operationsOf, readContract } from './contract.ts';

export const rewriteCommand = 'node mocks/readme-table.ts';
const readme = new URL('./README.md', import.meta.url);
const [begin, end] = [`<!-- table: written by \`${rewriteCommand}\` -->`, '<!-- end of table -->'];

const isSuccess = (status: string) => Number(status) < 400;
const withExamples = ([status, { contents }]: [string, DeclaredResponse]) =>
  [status, ...new Set(contents.flatMap(({ examples }) => Object.keys(examples).map((name) => `\`${name}\``)))].join(' ');

function row({ operationId, method, path, responses }: Operation): string {
  const declared = Object.entries(responses);
  const cell = (ofSuccess: boolean) =>
    declared
      .filter(([status]) => isSuccess(status) === ofSuccess)
      .map(withExamples)
      .join(', ');
  return `| ${operationId} | \`${method.toUpperCase()} ${path}\` | ${cell(true)} | ${cell(false)} |`;
}

/** Returns a table of all operations with the values of `Prefer: code=` and `Prefer: example=`. */
const readmeTable = (operations: Operation[]): string =>
  ['| Operation | Request | Success | Errors |', '|---|---|---|---|', ...operations.map(row)].join('\n');

/** Returns the README with the table for the current contract. */
export function upToDateReadme(text: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`mocks/README.md must have the lines ${begin} and ${end}; add them before and after the table`);
  return `${text.slice(0, from + begin.length)}\n\n${readmeTable(operationsOf(readContract()))}\n\n${text.slice(to)}`;
}

export const readReadme = (): string => readFileSync(readme, 'utf8');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(readme, upToDateReadme(readReadme()));

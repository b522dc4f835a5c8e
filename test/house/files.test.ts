import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { operations } from '../support/contract.ts';

const folders = ['server', 'client', 'mocks', 'conformance', 'tools', 'bench', 'examples', 'test'];
const linesMax = 200;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.split('/').includes('node_modules'))
    .map((name) => join(folder, name));

it.each(folders)('no hand-written file in %s/ has more than 200 lines', (folder) => {
  const files = filesIn(folder).map((name) => ({ name, lines: readFileSync(name, 'utf8').split('\n').length - 1 }));
  expect(files).not.toEqual([]);
  expect(files.filter(({ lines }) => lines > linesMax)).toEqual([]);
});

it('each operation has a test file named after it, in the folder of its domain', () => {
  const testFiles = new Set(filesIn('test'));
  const handlerFiles = filesIn('server').filter((name) => /^server\/[a-z]+\/operations\//.test(name));
  const handlers = handlerFiles.map((name) => ({ domain: name.split('/')[1] as string, source: readFileSync(name, 'utf8') }));
  const domainOf = (operationId: string) => handlers.find(({ source }) => source.includes(`export const ${operationId}:`))?.domain;
  const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const expected = operations.map(({ operationId = '' }) => `test/${domainOf(operationId)}/operations/${kebabCase(operationId)}.test.ts`);
  expect(expected.filter((name) => !testFiles.has(name))).toEqual([]);
});

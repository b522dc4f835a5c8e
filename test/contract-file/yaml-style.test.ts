import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { contractText, type Json, operationsIn } from './documents.ts';

const document: Json = parse(contractText);
const lines = contractText.split('\n');

const numberedLines = (isWrong: (line: string) => boolean) =>
  lines.flatMap((line, index) => (isWrong(line) ? [`${index + 1}: ${line}`] : []));

it('each line has fewer than 140 characters', () => {
  expect(numberedLines((line) => line.length >= 140)).toEqual([]);
});

it('each $ref is written inline and comes first', () => {
  const inline = /(: |- |\[)\{ \$ref: "#\/components\/\w+\/[\w-]+"(, \w+: .+)? \}/;
  expect(numberedLines((line) => line.includes('$ref') && !inline.test(line))).toEqual([]);
});

it('a $ref has no other fields than a description or a default', () => {
  // In `{ $ref: "…", description: one, two }` the text ends at the comma, and `two` becomes a field.
  const siblings = new Set<string>();
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    if (typeof value.$ref === 'string') for (const name of Object.keys(value)) siblings.add(name);
    for (const member of Object.values(value)) visit(member);
  };
  visit(document);
  expect([...siblings].sort()).toEqual(['$ref', 'default', 'description']);
});

it('the statuses of each operation are in ascending order', () => {
  // A parser returns keys that look like numbers in ascending order, whatever the order in the file.
  const wrong: string[] = [];
  let last = 0;
  for (const [index, line] of lines.entries()) {
    if (/^ {6}responses:$/.test(line)) last = 0;
    const status = Number(/^ {8}"(\d{3})":/.exec(line)?.[1] ?? 0);
    if (status > 0 && status <= last) wrong.push(`${index + 1}: ${line}`);
    if (status > 0) last = status;
  }
  expect(wrong).toEqual([]);
});

it('the operations of a tag stand together below a banner, in the order of the tags', () => {
  const order = operationsIn(document).map(({ operation }) => operation.tags[0]);
  const tags = document.tags.map(({ name }: { name: string }) => name);
  expect(order.filter((tag, index) => tag !== order[index - 1])).toEqual(tags);
  const banners = lines.slice(0, lines.indexOf('components:')).flatMap((line) => /^ {2}# =+ (.+?) =+$/.exec(line)?.[1] ?? []);
  expect(banners).toEqual(tags);
});

it('each parameter and each header has an example', () => {
  const inline = Object.values<Json>(document.paths).flatMap((item) => [
    ...(item.parameters ?? []),
    ...Object.values<Json>(item).flatMap(({ parameters = [] }) => parameters),
  ]);
  const described = [
    ...inline,
    ...Object.values<Json>(document.components.parameters),
    ...Object.values<Json>(document.components.headers),
  ];
  expect(described.length).toBeGreaterThan(40);
  expect(described.filter(({ $ref, example }) => !$ref && example === undefined)).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../tools/plain-words.ts';

/** For each rule, a sentence that breaks it and a similar sentence that breaks no rule. */
const examples: { rule: string; broken: string; plain: string }[] = [
  {
    rule: 'opens with a noun clause',
    broken: 'What the caller may read is filtered.',
    plain: 'The fields that the caller may read are filtered.',
  },
  { rule: 'opens with a noun clause', broken: 'Where no file is stored, this returns undefined.', plain: 'Where to store the files.' },
  { rule: 'opens with a noun clause', broken: 'Whoever has the token can use it.', plain: 'Every owner of the token can use it.' },
  { rule: 'ends in a connector', broken: 'The worker does so.', plain: 'The worker stops so that the server can start.' },
  { rule: 'ends in a connector', broken: 'The worker stops as well', plain: 'The worker stops as well as it can' },
  { rule: 'uses "too" or "as well" as a connector', broken: 'The worker, too, stops.', plain: 'The row is too long.' },
  { rule: 'says "answers" of a function', broken: 'Answers the oldest row.', plain: 'Returns the oldest row.' },
  { rule: 'uses a word that the glossary replaces', broken: 'The log names the doer.', plain: 'The log names the actor.' },
  { rule: 'uses a word that the glossary replaces', broken: 'The build goes on.', plain: 'The build continues.' },
];
const before = 'The sentence before it is plain.';
const after = 'The sentence after it is plain.';
/** Breaks a sentence over two lines, after its second word. */
const linesOf = (sentence: string) => sentence.replace(/^(\S+ \S+) /, '$1\n').split('\n');

const places: { place: string; file: string; write: (sentence: string) => string; line: number }[] = [
  {
    place: 'a block comment',
    file: 'a.ts',
    write: (sentence) => `const a = 1;\n/**\n * ${[before, ...linesOf(sentence), after].join('\n * ')}\n */\nconst b = 2;\n`,
    line: 2,
  },
  {
    place: 'consecutive line comments',
    file: 'a.ts',
    write: (sentence) => `const a = 1;\n// ${[before, ...linesOf(sentence), after].join('\n// ')}\nconst b = 2;\n`,
    line: 2,
  },
  { place: 'Markdown', file: 'a.md', write: (sentence) => `# Title\n\n${[before, ...linesOf(sentence), after].join('\n')}\n`, line: 3 },
];

describe.each(places)('in $place', ({ file, write, line }) => {
  // A sentence without a full stop ends at the end of its paragraph, so the one after it would belong to it.
  const written = (sentence: string) => (sentence.endsWith('.') ? write(sentence) : write(sentence).replace(after, ''));

  it.each(examples)('finds: $broken', ({ rule, broken }) => {
    const faults = faultsOf(file, written(broken));
    expect(faults).toContainEqual({ line, rule, sentence: broken });
    expect(faults.filter(({ sentence }) => sentence !== broken)).toEqual([]);
  });

  it.each(examples)('accepts: $plain', ({ plain }) => {
    expect(faultsOf(file, written(plain))).toEqual([]);
  });
});

it('checks comments behind code and inside functions and types', () => {
  const source = [
    'interface A {',
    '  /** Answers one. */',
    '  a: number; // Answers two.',
    '}',
    'export const f = () => {',
    '  // Answers three.',
    '  return 1;',
    '};',
  ];
  expect(faultsOf('a.ts', source.join('\n')).map(({ line }) => line)).toEqual([2, 3, 6]);
});

it('checks each list item, quotation and table cell of Markdown on its own', () => {
  const markdown = '- one word\n- Answers two.\n\n> Answers three.\n\n| Answers four. | plain |\n|---|---|\n| so | Answers five. |\n';
  expect(faultsOf('a.md', '| what | where |\n|---|---|\n')).toEqual([]);
  expect(faultsOf('a.md', markdown).map(({ line, rule }) => [line, rule])).toEqual([
    [2, 'says "answers" of a function'],
    [4, 'says "answers" of a function'],
    [6, 'says "answers" of a function'],
    [8, 'ends in a connector'],
    [8, 'says "answers" of a function'],
  ]);
});

it('does not check code: code blocks and code spans of Markdown, and strings of a source file', () => {
  const fence = '```';
  expect(faultsOf('a.md', `Plain.\n\n${fence}sh\n# What is it\nAnswers one.\n${fence}\n\nA \`doer\` and a\nspan \`goes\non\`.\n`)).toEqual(
    [],
  );
  expect(faultsOf('a.ts', "const a = '// Answers one.';\nconst b = `/* Answers two. */`;\n")).toEqual([]);
});

it('does not check biome-ignore comments, but the comments beside them', () => {
  const ignored = '// biome-ignore lint/suspicious/noExplicitAny: what it is goes on.';
  expect(faultsOf('a.ts', `${ignored}\nconst a = 1;\n`)).toEqual([]);
  expect(faultsOf('a.ts', `// Answers one.\n${ignored}\n// Answers two.\nconst a = 1;\n`).map(({ line }) => line)).toEqual([1, 3]);
});

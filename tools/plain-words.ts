import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Finds sentences that break the writing rules of `CONTRIBUTING.md`, in comments and in Markdown.
 *
 * Prints `file:line: rule: sentence` and exits with 1 if there are any. Takes files or folders; without them, checks the whole repository.
 */
const rules: [name: string, form: RegExp][] = [
  [
    'opens with a noun clause',
    /^(what|whatever|whoever|whose|whom|where(?! (to|the server))|wherever|all that|all who|those who|nothing that|beyond)\b(?!.*\?$)/i,
  ],
  ['ends in a connector', /\b(so|too|as well)[.;,:]?$/i],
  ['uses "too" or "as well" as a connector', /,? (too|as well)[,.;:]/i],
  ['says "answers" of a function', /^answers\b/i],
  [
    'uses a word that the glossary replaces',
    /\b(doers?|whoever|whomever|whosoever|by itself|by themselves|of ours|nobody known|all who|sips?|in sips|keep on|goes on|gives? back|given back|going on|brings? over|carr(?:y|ies|ied) over)\b/i,
  ],
];

const sentencesOf = (text: string) =>
  text
    .split(/(?<=[.!?])\s+(?=[A-Z`"*])|\n\s*\n/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

interface Passage {
  line: number;
  text: string;
}

/** The comments of a source file; lines of `//` that follow each other are one passage. */
function commentsOf(source: string): Passage[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const found = new Map<number, { end: number; isLine: boolean }>();
  const visit = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ])
      found.set(range.pos, { end: range.end, isLine: range.kind === ts.SyntaxKind.SingleLineCommentTrivia });
    ts.forEachChild(node, visit);
    if (node.getChildCount(file) > 0) for (const child of node.getChildren(file)) if (ts.isToken(child)) visit(child);
  };
  visit(file);
  const passages: (Passage & { end: number; isLine: boolean })[] = [];
  for (const [pos, { end, isLine }] of [...found].sort(([one], [other]) => one - other)) {
    const text = source
      .slice(pos, end)
      .replace(/^\/\*+|\*\/$/g, '')
      .replace(/^\s*(\*|\/\/) ?/gm, '');
    const last = passages.at(-1);
    if (isLine && last?.isLine && source.slice(last.end, pos).trim() === '' && !source.slice(last.end, pos).includes('\n\n')) {
      last.text += `\n${text}`;
      last.end = end;
    } else passages.push({ line: file.getLineAndCharacterOfPosition(pos).line + 1, text, end, isLine });
  }
  return passages.filter(({ text }) => !/^\s*biome-ignore/.test(text));
}

/** The prose of a Markdown file: no code blocks, code spans reduced to one word. */
function proseOf(markdown: string): Passage[] {
  let isCode = false;
  return markdown.split('\n').flatMap((text, index) => {
    if (text.startsWith('```')) isCode = !isCode;
    const cells = text.startsWith('|') ? text.split('|') : [text.replace(/^[#>*\-\d. ]+/, '')];
    return isCode ? [] : cells.map((cell) => ({ line: index + 1, text: cell.replace(/`[^`]*`/g, 'code') }));
  });
}

export function faultsOf(name: string, content: string): { line: number; rule: string; sentence: string }[] {
  const passages = name.endsWith('.md') ? proseOf(content) : commentsOf(content);
  return passages.flatMap(({ line, text }) =>
    sentencesOf(text).flatMap((sentence) => rules.filter(([, form]) => form.test(sentence)).map(([rule]) => ({ line, rule, sentence }))),
  );
}

if (import.meta.main) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...process.argv.slice(2)], {
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((name) => /\.(ts|js|md)$/.test(name) && !name.startsWith('generated/'));
  const faults = files.flatMap((name) =>
    faultsOf(name, readFileSync(name, 'utf8')).map(({ line, rule, sentence }) => `${name}:${line}: ${rule}: ${sentence}`),
  );
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Finds sentences that break the writing rules of `CONTRIBUTING.md`, in comments and in Markdown.
 *
 * Prints `file:line: rule: sentence` and exits with 1 if there are any. Takes files or folders; without them, checks the whole repository.
 */
const rules: [name: string, pattern: RegExp][] = [
  [
    'opens with a noun clause',
    /^(what|whatever|whoever|whose|whom|where(?! (to|the server))|wherever|all that|all who|those who|nothing that|beyond)\b(?=\s)(?!.*\?$)/i,
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

/** Returns the comments of a source file. Consecutive lines of `//` are one passage. `biome-ignore` comments are left out. */
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
  for (const [pos, { end, isLine }] of [...found].sort(([left], [right]) => left - right)) {
    const text = source
      .slice(pos, end)
      .replace(/^\/\*+|\*\/$/g, '')
      .replace(/^\s*(\*|\/\/) ?/gm, '');
    const last = passages.at(-1);
    if (/^\s*biome-ignore/.test(text)) continue;
    if (isLine && last?.isLine && source.slice(last.end, pos).trim() === '' && !source.slice(last.end, pos).includes('\n\n')) {
      last.text += `\n${text}`;
      last.end = end;
    } else passages.push({ line: file.getLineAndCharacterOfPosition(pos).line + 1, text, end, isLine });
  }
  return passages;
}

const startsBlock = /^(#|>|\||\s*([*-]|\d+\.) )/;

/** Returns the paragraphs, list items, headings and table cells of a Markdown file, without code blocks. Code spans become `code`. */
function proseOf(markdown: string): Passage[] {
  const passages: Passage[] = [];
  let isCode = false;
  let isParagraphOpen = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    const isFence = text.trimStart().startsWith('```');
    if (isFence) isCode = !isCode;
    if (isCode || isFence || text.trim() === '') {
      isParagraphOpen = false;
      continue;
    }
    const prose = text.replace(/^[#>*\-\d. ]+/, '');
    const last = passages.at(-1);
    if (isParagraphOpen && last && !startsBlock.test(text)) last.text += `\n${prose}`;
    else passages.push(...prose.split('|').map((cell) => ({ line: index + 1, text: cell })));
    isParagraphOpen = !/^[#|]/.test(text);
  }
  return passages.map(({ line, text }) => ({ line, text: text.replace(/`[^`]*`/g, '`code`') }));
}

/** Returns the sentences of a file that break a rule. The line is that of the comment or paragraph. */
export function faultsOf(name: string, content: string): { line: number; rule: string; sentence: string }[] {
  const passages = name.endsWith('.md') ? proseOf(content) : commentsOf(content);
  return passages.flatMap(({ line, text }) =>
    sentencesOf(text).flatMap((sentence) =>
      rules.filter(([, pattern]) => pattern.test(sentence)).map(([rule]) => ({ line, rule, sentence })),
    ),
  );
}

if (import.meta.main) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...process.argv.slice(2)], {
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((name) => /\.(ts|js|md)$/.test(name) && !name.startsWith('generated/') && existsSync(name));
  const faults = files.flatMap((name) =>
    faultsOf(name, readFileSync(name, 'utf8')).map(({ line, rule, sentence }) => `${name}:${line}: ${rule}: ${sentence}`),
  );
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

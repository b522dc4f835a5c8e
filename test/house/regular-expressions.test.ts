import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { superlinearPairs } from '../support/linear-time.ts';

/** A regular expression as code writes it, after a character that cannot come before a division. */
const literal =
  /(?<=(?:[(=,:?[!&|>{]|return)\s*|^\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?=[\s.,;)\]:])/gm;

const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const expressions = files.flatMap((name) => {
  const lines = readFileSync(join('server', name), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  return [...lines.matchAll(literal)].map(([, source = '', flags = '']) => ({ name, source, flags }));
});

/** Returns the characters and words that an expression mentions, and some that its classes may contain. */
function unitsOf(source: string): string[] {
  const plain = source.replaceAll(/\\[nrtsSdDwWbBpP]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\{[0-9,]+\}/gi, ' ');
  const words = plain.match(/[A-Za-z]{2,}/g) ?? [];
  const signs = plain.match(/[^A-Za-z0-9\s]/g) ?? [];
  return [...new Set([...words.slice(0, 12), ...signs, 'a', 'A', '0', ' ', '\n'])];
}

it('finds the regular expressions of the server', () => {
  expect(expressions.length).toBeGreaterThan(80);
});

it.each(expressions)('$name: /$source/$flags takes linear time', ({ source, flags }) => {
  const expression = new RegExp(source, flags);
  const run = (text: string) => {
    expression.lastIndex = 0;
    return flags.includes('g') ? text.replace(expression, '') : expression.test(text);
  };
  expect(superlinearPairs(unitsOf(source), run)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Returns the lines of each call whose arguments are a spread list. Each item becomes an argument, so a long list exhausts the stack. */
function spreadArgumentsIn(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some(ts.isSpreadElement))
      found.push(`${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('the server never passes a list as arguments', () => {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('migrations'),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((name) => spreadArgumentsIn(name, readFileSync(join('server', name), 'utf8')))).toEqual([]);
});

it('the search finds a spread list in a call, and ignores one in a list', () => {
  expect(spreadArgumentsIn('x.ts', 'all.push(...list);\nnew Set(...list);\nsend([...list]);')).toEqual([
    'x.ts:1 all.push(...list)',
    'x.ts:2 new Set(...list)',
  ]);
});

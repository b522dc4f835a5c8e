import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { foldCaseAndBlanks } from '../../server/common/filters.ts';
import { superlinearPairs } from '../support/linear-time.ts';
import { contractText, type Json } from './documents.ts';

const { schemas }: Json = parse(contractText).components;

/** Returns each pattern of the contract once. */
function patternsIn(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  if (typeof value.pattern === 'string') found.add(value.pattern);
  for (const member of Object.values(value)) patternsIn(member, found);
  return found;
}
const patterns = [...patternsIn(parse(contractText))];
const matches = (pattern: string, text: string) => new RegExp(pattern, 'u').test(text);

it('no pattern has a lookahead or lookbehind', () => {
  expect(patterns.length).toBeGreaterThan(10);
  expect(patterns.filter((pattern) => /\(\?[=!<]/.test(pattern))).toEqual([]);
});

it('no pattern is slow for a text of a million characters', () => {
  const texts = ['a', ' ', '.', '\u00a0', 'Pp'].map((unit) => `${unit.repeat(1_000_000 / unit.length)}\u0001`);
  const start = performance.now();
  for (const pattern of patterns) for (const text of texts) matches(pattern, text);
  expect(performance.now() - start).toBeLessThan(10_000);
});

it('no pattern takes more than linear time, whatever character is repeated after whatever other one', () => {
  const units = ['a', 'A', '0', ' ', '\u00a0', '\t', '.', '-', '_', '@', '+', '/', 'P', 'pa_', 'Pp'];
  const faults = patterns.flatMap((pattern) => {
    const expression = new RegExp(pattern, 'u');
    return superlinearPairs(units, (text) => expression.test(text)).map((fault) => ({ pattern, ...fault }));
  });
  expect(faults).toEqual([]);
});

it('a name has a visible character and no control character', () => {
  for (const text of ['a', ' a ', '\u00a0a', 'Zoë 李', '.']) expect(matches(schemas.Name.pattern, text), text).toBe(true);
  for (const text of ['', ' ', '\u00a0\u2003', '\ta', 'a\n', 'a\u007f']) expect(matches(schemas.Name.pattern, text), text).toBe(false);
});

it('a comment may also have tabs and line ends', () => {
  for (const text of ['a', '\n\ta\r\n', ' a\n\nb']) expect(matches(schemas.CommentText.pattern, text), text).toBe(true);
  for (const text of ['', ' \n\t', 'a\u000b', '\u000ca', 'a\u0000']) expect(matches(schemas.CommentText.pattern, text), text).toBe(false);
});

it('the key of a user may have dots, but is not . or ..', () => {
  for (const text of ['a', '...', '.a', '..a', 'a.', 'user|1@x+y-z_']) expect(matches(schemas.UserKey.pattern, text), text).toBe(true);
  for (const text of ['', '.', '..', 'a b', 'a/b']) expect(matches(schemas.UserKey.pattern, text), text).toBe(false);
});

it.each(['IdentityStatus', 'PersonnelEventType', 'WorkStatus', 'AccessRequestAction'])(
  '%sFilter accepts each name in upper or lower case and with any white space, like the server, and nothing else',
  (name) => {
    const names: string[] = schemas[name].enum;
    const [reference, ...spellings] = schemas[`${name}Filter`].anyOf;
    expect(reference).toEqual({ $ref: `#/components/schemas/${name}` });
    const isAccepted = (text: string) => names.includes(text) || spellings.some(({ pattern }: Json) => matches(pattern, text));
    const spelled = names.flatMap((name) => [
      name.toLowerCase(),
      name.toUpperCase(),
      ` ${name}\t`,
      [...name].join(' '),
      foldCaseAndBlanks(name),
    ]);
    const wrong = names.flatMap((name) => [`${name}x`, name.slice(1), `${name},${name}`, name.replace(/^./, '$&-')]);
    expect(spelled.filter((text) => !isAccepted(text))).toEqual([]);
    expect([...wrong, '', ' '].filter(isAccepted)).toEqual([]);
  },
);

import { compareContracts } from '../../tools/contract-diff/compare.ts';
import type { Json } from '../../tools/contract-diff/findings.ts';

export type Verdict = 'breaking' | 'additive' | 'nothing';

export function verdictOf(from: Json, to: Json): Verdict {
  const found = compareContracts(from, to);
  if (found.length === 0) return 'nothing';
  return found.some(({ verdict }) => verdict === 'breaking') ? 'breaking' : 'additive';
}

export const document = (operation: Json, more: Json = {}): Json => ({
  info: { version: '1.0.0' },
  paths: { '/things/{id}': { post: operation } },
  ...more,
});
export const asResponse = (schema: unknown) => document({ responses: { 200: { content: { 'application/json': { schema } } } } });

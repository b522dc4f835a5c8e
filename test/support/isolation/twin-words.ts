import { definition } from '../contract.ts';
import type { Tables } from './twin-rows.ts';

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[a-z]{4,}/g) ?? [];

/** Collects words that mean something to the server: names of properties and parameters, and values of enums. */
function collectContractWords(node: unknown, words: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collectContractWords(item, words);
  else if (node !== null && typeof node === 'object')
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(value)) words.add(name.toLowerCase());
      if (['enum', 'const', 'default', 'name'].includes(key)) for (const word of wordsIn(JSON.stringify(value))) words.add(word);
      if (!['example', 'examples', 'description'].includes(key)) collectContractWords(value, words);
    }
}

const textColumn = /(^|_)(name|key|email|lower|folded|title|company|division|department|office|description|text|by|attributes|values?)$/;

/** Returns the words of names, titles, comments and values in these tables that mean nothing to the server, in lower case. */
export function markableWords(tables: Tables): Set<string> {
  const reserved = new Set(['default', 'production', 'development', 'token', 'access', 'gatehouse', 'schedule', 'administrator']);
  collectContractWords({ paths: definition.paths, components: definition.components }, reserved);
  const words = new Set<string>();
  for (const rows of tables.values())
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' && textColumn.test(column))
          for (const word of wordsIn(value)) if (!reserved.has(word)) words.add(word);
  return words;
}

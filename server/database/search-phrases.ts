import type { CountedList } from './counted-lists.ts';
import { type Db, runStatement, selectRows } from './database.ts';
import { fold } from './fold-name.ts';

/** A list that can be searched. The keys of its rows, in the column `order`, are ASCII and never change. */
export type SearchedList = CountedList & { where: { environment_id: string } };

interface SearchPhrase {
  environment_id: string;
  /** The table of the row. */
  list: string;
  phrase: string;
  row_key: string;
}

const table = 'search_phrases';
const charactersMax = 200;
const wordsMax = 16;
export const searchMatchesMax = 3000;

/** Returns the folded words of a text: its runs of letters and digits. */
const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const phraseOf = (words: string[]): string => [...words.join(' ')].slice(0, charactersMax).join('').trimEnd();

/** Returns the beginning of the phrases that a search finds, empty if the search has no letter or digit. */
export const searchedPhrase = (search: string): string => phraseOf(wordsOf(search));

/**
 * Returns the phrases by which a row is found: its texts, from each of their first 16 words on.
 *
 * A phrase that begins another one is left out, because every search that finds it also finds the other one.
 */
export function phrasesOf(texts: string[]): string[] {
  const phrases = texts.flatMap((text) => {
    const words = wordsOf(text);
    return words.slice(0, wordsMax).map((_word, index) => phraseOf(words.slice(index)));
  });
  // In this order, a phrase that begins another one begins the next one.
  return phrases.sort().filter((phrase, index) => !phrases[index + 1]?.startsWith(phrase));
}

/** Stores the phrases of a row after a change. Must run in the transaction that changes the row, which must be locked or new. */
export async function updatePhrases(
  trx: Db,
  { table: list, where: { environment_id } }: SearchedList,
  row_key: string,
  { before = [], after = [] }: { before?: string[]; after?: string[] },
): Promise<void> {
  const removed = before.filter((phrase) => !after.includes(phrase));
  const added = after.filter((phrase) => !before.includes(phrase));
  if (removed.length > 0) await trx(table).where({ environment_id, list, row_key }).whereIn('phrase', removed).delete();
  if (added.length === 0) return;
  const rows = added.map(() => '(?, ?, ?, ?)').join(', ');
  const values = added.flatMap((phrase) => [environment_id, list, phrase, row_key]);
  await runStatement(trx, `INSERT INTO ${table} (environment_id, list, phrase, row_key) VALUES ${rows}`, values);
}

/**
 * Returns the keys of the rows that a search finds, in order. Returns undefined if more than `searchMatchesMax` phrases match.
 *
 * Reads no more phrases than that, so the cost does not grow with the list. A search without a letter or digit finds no row.
 */
export async function findKeysByPhrase(
  db: Db,
  { table: list, where: { environment_id } }: SearchedList,
  search: string,
): Promise<string[] | undefined> {
  const beginning = searchedPhrase(search);
  if (beginning === '') return [];
  const found = await selectRows<Pick<SearchPhrase, 'row_key'>>(
    db,
    `SELECT row_key FROM ${table} WHERE environment_id = ? AND list = ? AND phrase >= ? AND phrase < ? LIMIT ${searchMatchesMax + 1}`,
    [environment_id, list, beginning, `${beginning}\u{10ffff}`],
  );
  if (found.length > searchMatchesMax) return undefined;
  return [...new Set(found.map(({ row_key }) => row_key))].sort();
}

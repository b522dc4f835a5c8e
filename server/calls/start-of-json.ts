const closingOf: Record<string, string> = { '{': '}', '[': ']' };

/** Returns the index after the character or escape at `index` of a string. */
const afterCharacter = (json: string, index: number): number => {
  if (json[index] !== '\\') return index + 1;
  return index + (json[index + 1] === 'u' ? 6 : 2);
};

/**
 * Returns the beginning of a JSON text as JSON: about its first `max` characters, and the brackets that close it.
 *
 * It ends after a value, or within a text that is a value. Its cost does not grow with the text. The text must be well-formed.
 */
export function startOfJson(json: string, max: number): string {
  if (json.length <= max) return json;
  const closing: string[] = [];
  /** The last place at which the beginning can end, and the quote that it needs there. */
  let [end, quote] = [0, ''];
  let previous = '';
  for (let index = 0; index < max; ) {
    const character = json[index] as string;
    if (character === '"') {
      const isName = closing.at(-1) === '}' && previous !== ':';
      let last = index + 1;
      for (index = last; index < max && json[index] !== '"'; index = afterCharacter(json, index)) last = index;
      if (index >= max && !isName) [end, quote] = [last, '"'];
      index++;
      if (index <= max && !isName) [end, quote] = [index, ''];
      continue;
    }
    index++;
    if (character === '{' || character === '[') closing.push(closingOf[character] as string);
    else if (character === '}' || character === ']') closing.pop();
    else if (character !== ',' && character !== ':') continue;
    previous = character;
    if (character !== ':') [end, quote] = [character === ',' ? index - 1 : index, ''];
  }
  return json.slice(0, end) + quote + closing.reverse().join('');
}

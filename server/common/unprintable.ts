/**
 * Characters that can end a line, control a terminal or change the order of a text: control characters, line and paragraph separators, controls of
 * the writing direction, and halves of a character.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u;
const allUnprintable = new RegExp(unprintable, 'gu');

export const hasUnprintable = (text: string): boolean => unprintable.test(text);
export const withoutUnprintable = (text: string): string => text.replace(allUnprintable, '');

/** Returns a text in which unprintable characters are shown as JSON shows them, such as `\u000a`. In JSON text, the value stays the same. */
export const escapeUnprintable = (text: string): string =>
  text.replace(allUnprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

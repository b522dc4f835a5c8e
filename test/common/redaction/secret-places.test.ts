import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRedaction } from '../../../server/common/redaction/redaction.ts';
import { mark, secretName, secretText, shapes, texts, values } from '../../support/secret-places.ts';

const redaction = createRedaction();
const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

it.each(Object.entries(values))('a value: %s', (_place, contentOf) => {
  fc.assert(
    fc.property(secretName, secretText, (name, secret) => {
      expect(redaction.json(JSON.stringify(contentOf(name, secret)))).not.toContain(mark);
    }),
    { numRuns: 300, seed: 1 },
  );
});

it.each(Object.entries(texts))('a text: %s', (_place, textOf) => {
  fc.assert(
    fc.property(secretName, secretText, (name, secret) => {
      expect(decoded(redaction.text(textOf(name, secret)))).not.toContain(mark);
      expect(decoded(redaction.query(textOf(name, secret)))).not.toContain(mark);
    }),
    { numRuns: 300, seed: 2 },
  );
});

it.each(Object.entries(shapes))('without a name: %s', (_place, textOf) => {
  fc.assert(
    fc.property(secretText, (secret) => {
      const text = textOf(secret);
      expect(redaction.text(text)).not.toContain(mark);
      expect(redaction.json(JSON.stringify({ a: [text] }))).not.toContain(mark);
      // The base64 text of a secret does not contain the mark.
      for (const part of text.match(/[A-Za-z0-9+/]{16,}/g) ?? [])
        if (/^[A-Za-z0-9+/]+$/.test(part)) expect(redaction.text(text)).not.toContain(part);
    }),
    { numRuns: 300, seed: 3 },
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodyBytesMax, packText, unpackText } from '../../server/calls/compressed-text.ts';

it('unpacks any text unchanged, or its beginning if it is too long', () => {
  const repeatedText = fc.tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer({ min: 0, max: 9_000 }));
  fc.assert(
    fc.property(repeatedText, ([part, count]) => {
      const text = part.repeat(count);
      const { bytes, isCut } = packText(text);
      const unpacked = unpackText(bytes);
      expect(isCut).toBe(Buffer.byteLength(text) > bodyBytesMax);
      expect(text.startsWith(unpacked)).toBe(true);
      if (isCut) expect(bodyBytesMax - Buffer.byteLength(unpacked)).toBeLessThan(4);
      else expect(unpacked).toBe(text);
    }),
    { numRuns: 200 },
  );
});

it('stores small texts as they are, and compresses large ones', () => {
  expect(packText('{"a":1}').bytes.toString()).toBe('{"a":1}');
  expect(packText('x'.repeat(60_000)).bytes.length).toBeLessThan(200);
});

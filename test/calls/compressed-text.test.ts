import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodyBytesMax, packText, unpackText } from '../../server/calls/compressed-text.ts';

it('any text comes back as it was, or as its beginning where it is too long', () => {
  const long = fc.tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer({ min: 0, max: 9_000 }));
  fc.assert(
    fc.property(long, ([piece, count]) => {
      const text = piece.repeat(count);
      const { bytes, isCut } = packText(text);
      const kept = unpackText(bytes);
      expect(isCut).toBe(Buffer.byteLength(text) > bodyBytesMax);
      expect(text.startsWith(kept)).toBe(true);
      if (isCut) expect(bodyBytesMax - Buffer.byteLength(kept)).toBeLessThan(4);
      else expect(kept).toBe(text);
    }),
    { numRuns: 200 },
  );
});

it('what is small stays readable, what is large takes less room', () => {
  expect(packText('{"a":1}').bytes.toString()).toBe('{"a":1}');
  expect(packText('x'.repeat(60_000)).bytes.length).toBeLessThan(200);
});

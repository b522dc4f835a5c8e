/** Returns a seed for one of many generators. Neighbouring seeds would give similar sequences, so the numbers are mixed. */
export function seedOf(seed: number, index: number): number {
  let mixed = seed ^ Math.imul(index + 1, 0x9e3779b1);
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) {
    mixed ^= mixed >>> 16;
    mixed = Math.imul(mixed, factor);
  }
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Returns a pseudo-random generator of integers below `below`. It returns the same sequence in every run. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

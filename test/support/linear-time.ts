/** CPU time above which the cost is compared with that of a longer text. Linear work on such short texts takes less on nearly every machine. */
const suspiciousMs = 15;
const lengthMin = 8_000;
/** How many times longer the second text is. Quadratic work then takes 16 times as long, linear work 4 times. */
const growth = 4;
const growthMax = 9;

/** Returns the CPU time of this thread that a function takes. Other programs on the machine do not count. */
function cpuMsOf(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
const leastCpuMsOf = (run: () => void) => Math.min(cpuMsOf(run), cpuMsOf(run), cpuMsOf(run));

/** Returns a text of about this length: the first unit once, then the second one repeatedly, then a character that ends most matches. */
const textOf = (first: string, second: string, length: number) => `${first}${second.repeat(Math.ceil(length / second.length))}\u0001`;

/** A few tell enough, and each takes seconds. */
const faultsMax = 3;

/** Runs a function on every ordered pair of units. Returns the first pairs for which its cost grows faster than the text. */
export function superlinearPairs(units: string[], run: (text: string) => unknown): { pair: [string, string]; ms: number[] }[] {
  const faults: { pair: [string, string]; ms: number[] }[] = [];
  for (const second of units)
    for (const first of ['', ...units]) {
      const short = textOf(first, second, lengthMin);
      if (cpuMsOf(() => run(short)) < suspiciousMs) continue;
      const shortMs = leastCpuMsOf(() => run(short));
      const long = textOf(first, second, lengthMin * growth);
      const longMs = leastCpuMsOf(() => run(long));
      if (longMs > Math.max(shortMs * growthMax, suspiciousMs)) faults.push({ pair: [first, second], ms: [shortMs, longMs] });
      if (faults.length === faultsMax) return faults;
    }
  return faults;
}

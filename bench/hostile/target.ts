import type { Attack } from './attacks.ts';
import type { Result } from './measure.ts';

export const target = { ratio: 3, memoryMb: 600, memoryLeftMb: 100, descriptors: 20, responsesPerSecond: 5, heldShare: 0.75 };
/** Calls of unknown callers that the API log keeps in a minute: one by one, and as counts. An attack touches two minutes. */
const unknownRowsMax = 2 * (200 + 100);
/** Calls of one token in two minutes. */
const tokenRowsMax = 2 * 6000;
/** The default of `CONNECTIONS_PER_ADDRESS_MAX`. */
const connectionsPerAddressMax = 512;
/** The descriptors that a server keeps for other things than connections. */
const reservedDescriptors = 256;

/** Returns the megabytes by which the files may grow, with the log of the normal caller and the rows that the limits allow. */
export const diskMbMaxOf = (hasToken: boolean | undefined): number => (hasToken ? 100 : 20);
export const ratioOf = ({ before, during }: Result): number => during.p99 / before.p99;

/** Tells whether an attack did what it says. Otherwise, a result without faults means nothing. */
function hadEffect({ kind, statuses = [], connections, addresses = 1, descriptors }: Attack, seconds: number, { attack }: Result): boolean {
  if (kind === 'flood') {
    const expected = statuses.reduce((sum, status) => sum + (attack.statuses[status] ?? 0), 0);
    return expected >= target.responsesPerSecond * seconds;
  }
  const allowed = Math.min(
    connections,
    addresses * connectionsPerAddressMax,
    (descriptors ?? Number.POSITIVE_INFINITY) - reservedDescriptors,
  );
  return attack.mostOpen >= target.heldShare * allowed;
}

/** Returns how a result misses the target. */
export function faultsOf(attack: Attack, seconds: number, result: Result): string[] {
  const { during, states, rows, diskMb, recovery } = result;
  const [before, most, after] = states;
  const rowsMax = unknownRowsMax + (attack.hasToken ? tokenRowsMax : 0);
  const checks: [isMissed: boolean, fault: string][] = [
    [!hadEffect(attack, seconds, result), 'the attack did nothing'],
    [!(ratioOf(result) <= target.ratio), 'p99'],
    [during.errors > 0, 'errors'],
    [most.memoryMb >= target.memoryMb, 'memory'],
    [after.memoryMb > before.memoryMb + target.memoryLeftMb, 'memory after the attack'],
    [after.descriptors > before.descriptors + target.descriptors, 'descriptors after the attack'],
    [rows.log > rowsMax || rows.others > 0, 'rows after the attack'],
    // The program that fills the volume adds files of its own.
    [!attack.fillsVolume && diskMb > diskMbMaxOf(attack.hasToken), 'disk after the attack'],
    [recovery !== undefined && `${[...recovery.readiness, ...recovery.calls]}` !== '503,503,200,503,200', 'recovery'],
  ];
  return checks.filter(([isMissed]) => isMissed).map(([, fault]) => fault);
}

import { type FuzzReport, successShareOf } from './run-fuzz.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`;

/** Returns the figures of a run as aligned text. */
export function reportText(report: FuzzReport): string {
  const { requests, seconds, byStatus, successfulOperations, longestStall, memory, resident, failures } = report;
  const statuses = [...byStatus].sort(([left], [right]) => left - right);
  return [
    `requests        ${requests.toLocaleString('en-US')} in ${Math.round(seconds)} s`,
    `by status       ${statuses.map(([status, count]) => `${status}: ${count.toLocaleString('en-US')}`).join(', ')}`,
    `successes       ${(successShareOf(report) * 100).toFixed(1)} % of the responses, ${successfulOperations.size} operations`,
    `longest stall   ${Math.round(longestStall)} ms of CPU time`,
    `memory          ${megabytes(memory.before)} before, ${megabytes(memory.after)} after`,
    `resident        ${megabytes(resident.before)} before, ${megabytes(resident.after)} after`,
    `failures        ${failures.length}`,
    ...failures.map((failure) => `\n  ${failure}`),
    '',
  ].join('\n');
}

import type { Finding } from './findings.ts';

interface Version {
  major: number;
  minor: number;
}

function versionOf(text: unknown): Version | undefined {
  const [, major, minor] = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:[-+].*)?$/.exec(String(text)) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** Returns whether the version step allows breaking changes. Below 1.0.0, a new minor version does. */
export function allowsBreakingChanges(from: unknown, to: unknown): boolean {
  const [old, current] = [versionOf(from), versionOf(to)];
  if (!old || !current) return false;
  return current.major > old.major || (current.major === 0 && old.major === 0 && current.minor > old.minor);
}

/** Groups equal findings of several operations. `more` counts the findings of a group, without the first. */
function grouped(findings: Finding[]): { finding: Finding; more: number }[] {
  const groups = new Map<string, { finding: Finding; more: number }>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.verdict, finding.at.replace(/^\d{3} /, ''), finding.what, finding.why]);
    const group = groups.get(key);
    if (group) group.more++;
    else groups.set(key, { finding, more: 0 });
  }
  return [...groups.values()];
}

/** Returns a table of findings, the breaking ones first. Equal findings of several operations are one line, unless `all` is set. */
export function report(findings: Finding[], options: { all?: boolean | undefined } = {}): string {
  const groups = options.all ? findings.map((finding) => ({ finding, more: 0 })) : grouped(findings);
  const ordered = [
    ...groups.filter(({ finding }) => finding.verdict === 'breaking'),
    ...groups.filter(({ finding }) => finding.verdict === 'additive'),
  ];
  const rows = ordered.map(({ finding: { verdict, operation, at, what, why }, more }) => [
    verdict,
    more > 0 ? `${operation} and ${more} more` : operation,
    at,
    what,
    why,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => (row[column] as string).length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Returns the last line of the report: counts, versions, and whether the version step allows the breaking changes. */
export function conclusion(findings: Finding[], from: unknown, to: unknown): string {
  if (findings.length === 0) return 'The contracts are the same for callers.\n';
  const count = findings.filter(({ verdict }) => verdict === 'breaking').length;
  const counts = `${count} breaking, ${findings.length - count} additive; version ${from} to ${to}`;
  if (count === 0) return `${counts}.\n`;
  return `${counts}: ${allowsBreakingChanges(from, to) ? 'the new major version allows them.' : 'breaking changes need a new major version.'}\n`;
}

import type { Case, Kind } from './case.ts';
import type { Fault } from './check-answer.ts';
import { toCurl } from './curl.ts';
import type { Answer } from './send.ts';

export interface Outcome {
  case: Case;
  answer: Answer | undefined;
  faults: Fault[];
}
interface Failure extends Fault {
  subject: string;
  kind: Kind;
  title: string;
  status: number | undefined;
  curl: string;
  /** Number of requests that failed the same check; the report shows the shortest. */
  count: number;
}
interface SubjectReport {
  subject: string;
  requests: number;
  /** Number of responses by status; `none` without a response. */
  statuses: Record<string, number>;
  medianMs: number;
  slowestMs: number;
}
export interface Report {
  url: string;
  seed: number;
  requests: number;
  milliseconds: number;
  conforms: boolean;
  subjects: SubjectReport[];
  failures: Failure[];
}

const round = (value: number) => Math.round(value * 10) / 10;

function toSubject(subject: string, outcomes: Outcome[]): SubjectReport {
  const statuses: Record<string, number> = {};
  for (const { answer } of outcomes) statuses[answer?.status ?? 'none'] = (statuses[answer?.status ?? 'none'] ?? 0) + 1;
  const times = outcomes.map(({ answer }) => answer?.milliseconds ?? 0).sort((a, b) => a - b);
  return {
    subject,
    requests: outcomes.length,
    statuses,
    medianMs: round(times[times.length >> 1] ?? 0),
    slowestMs: round(times.at(-1) ?? 0),
  };
}

const subjectOf = ({ case: { subject, operation } }: Outcome) => (operation ? subject : 'other paths and methods');

export function toReport(outcomes: Outcome[], run: { url: string; token: string; seed: number; milliseconds: number }): Report {
  const failures = new Map<string, Failure>();
  const hide = (text: string) => (run.token === '' ? text : text.replaceAll(run.token, '$TOKEN'));
  for (const { case: one, answer, faults } of outcomes)
    for (const fault of faults) {
      const { subject, kind, title, request } = one;
      const key = [subject, fault.check, kind, answer?.status, fault.check === 'expected status' ? fault.expected : ''].join(' ');
      const known = failures.get(key);
      const curl = hide(toCurl(run.url, request));
      const shown =
        known && known.curl.length <= curl.length
          ? known
          : { ...fault, got: hide(fault.got), subject, kind, title, status: answer?.status, curl };
      failures.set(key, { ...shown, count: (known?.count ?? 0) + 1 });
    }
  return {
    url: run.url,
    seed: run.seed,
    requests: outcomes.length,
    milliseconds: Math.round(run.milliseconds),
    conforms: failures.size === 0,
    subjects: [...Map.groupBy(outcomes, subjectOf)].map(([subject, own]) => toSubject(subject, own)),
    failures: [...failures.values()],
  };
}

function toTable({ subjects }: Report): string[] {
  const statuses = [...new Set(subjects.flatMap((one) => Object.keys(one.statuses)))].sort();
  const lines = [['operation', ...statuses, 'median ms', 'slowest ms']];
  for (const one of subjects)
    lines.push([
      one.subject,
      ...statuses.map((status) => String(one.statuses[status] ?? '·')),
      one.medianMs.toFixed(1),
      one.slowestMs.toFixed(1),
    ]);
  const widths = (lines[0] as string[]).map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length)));
  return lines.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join('  '),
  );
}

/** Returns the report as text. */
export function toText(report: Report): string {
  const failures = report.failures.flatMap(({ subject, title, kind, check, expected, got, curl, count }, index) => [
    `${index + 1}. ${subject}: ${check} (${kind}: ${title})${count > 1 ? `, ${count} requests` : ''}`,
    `   expected  ${expected}`,
    `   came      ${got.replaceAll('\n', '\n             ')}`,
    `   ${curl}`,
    '',
  ]);
  const { url, requests, milliseconds, seed, conforms } = report;
  const verdict = conforms ? 'conforms to the contract' : `does not conform: ${report.failures.length} kinds of failure`;
  return [
    ...toTable(report),
    '',
    ...failures,
    `${url} ${verdict}. ${requests} requests in ${(milliseconds / 1000).toFixed(1)} s, seed ${seed}.`,
    '',
  ].join('\n');
}

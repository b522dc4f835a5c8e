import type { Case, Kind } from './case.ts';
import type { Fault } from './check-response.ts';
import { toCurl } from './curl.ts';
import type { ServerResponse } from './send.ts';

export interface Outcome {
  case: Case;
  response: ServerResponse | undefined;
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
  for (const { response } of outcomes) statuses[response?.status ?? 'none'] = (statuses[response?.status ?? 'none'] ?? 0) + 1;
  const times = outcomes.map(({ response }) => response?.milliseconds ?? 0).sort((a, b) => a - b);
  return {
    subject,
    requests: outcomes.length,
    statuses,
    medianMs: round(times[times.length >> 1] ?? 0),
    slowestMs: round(times.at(-1) ?? 0),
  };
}

const subjectOf = ({ case: { subject, operation } }: Outcome) => (operation ? subject : 'other paths and methods');

export function toReport(
  outcomes: Outcome[],
  { url, token, seed, milliseconds }: { url: string; token: string; seed: number; milliseconds: number },
): Report {
  const failures = new Map<string, Failure>();
  const withoutToken = (text: string) => (token === '' ? text : text.replaceAll(token, '$TOKEN'));
  for (const { case: testCase, response, faults } of outcomes)
    for (const fault of faults) {
      const { subject, kind, title, request } = testCase;
      const key = [subject, fault.check, kind, response?.status, fault.check === 'expected status' ? fault.expected : ''].join(' ');
      const previous = failures.get(key);
      const curl = withoutToken(toCurl(url, request));
      const shortest =
        previous && previous.curl.length <= curl.length
          ? previous
          : { ...fault, got: withoutToken(fault.got), subject, kind, title, status: response?.status, curl };
      failures.set(key, { ...shortest, count: (previous?.count ?? 0) + 1 });
    }
  return {
    url,
    seed,
    requests: outcomes.length,
    milliseconds: Math.round(milliseconds),
    conforms: failures.size === 0,
    subjects: [...Map.groupBy(outcomes, subjectOf)].map(([subject, subjectOutcomes]) => toSubject(subject, subjectOutcomes)),
    failures: [...failures.values()],
  };
}

function toTable({ subjects }: Report): string[] {
  const statuses = [...new Set(subjects.flatMap((subject) => Object.keys(subject.statuses)))].sort();
  const lines = [['operation', ...statuses, 'median ms', 'slowest ms']];
  for (const subject of subjects)
    lines.push([
      subject.subject,
      ...statuses.map((status) => String(subject.statuses[status] ?? '·')),
      subject.medianMs.toFixed(1),
      subject.slowestMs.toFixed(1),
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
    `   received  ${got.replaceAll('\n', '\n             ')}`,
    `   ${curl}`,
    '',
  ]);
  const { url, requests, milliseconds, seed, conforms } = report;
  const verdict = conforms ? 'conforms to the contract' : `does not conform: ${report.failures.length} different failures`;
  return [
    ...toTable(report),
    '',
    ...failures,
    `${url} ${verdict}. ${requests} requests in ${(milliseconds / 1000).toFixed(1)} s, seed ${seed}.`,
    '',
  ].join('\n');
}

import type { Report } from './report.ts';

const escapes: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
/** Escapes text for XML, which cannot contain most control characters or lone surrogates. */
const isWritable = (character: string) => {
  const code = character.codePointAt(0) as number;
  return code === 0x9 || code === 0xa || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
};
const xml = (text: string) =>
  Array.from(text, (character) => (isWritable(character) ? (escapes[character] ?? character) : '\ufffd')).join('');
const attribute = (text: string) => xml(text).replaceAll('\n', '&#10;');

/** Returns the report as JUnit XML: one test case for each operation and one for each kind of failure. */
export function toJunit({ subjects, failures, seed, milliseconds }: Report): string {
  const failed = new Set(failures.map(({ subject }) => subject));
  const passed = subjects.filter(({ subject }) => !failed.has(subject));
  const cases = [
    ...passed.map(
      ({ subject, requests }) => `    <testcase classname="conformance" name="${attribute(`${subject}: ${requests} requests`)}"/>`,
    ),
    ...failures.map(
      ({ subject, check, kind, title, expected, got, curl }) =>
        `    <testcase classname="conformance" name="${attribute(`${subject}: ${check}, ${kind}: ${title}`)}">
      <failure message="${attribute(`expected ${expected}`)}">${xml(`expected ${expected}\nreceived ${got}\n\n${curl}`)}</failure>
    </testcase>`,
    ),
  ];
  const counts = `tests="${cases.length}" failures="${failures.length}" time="${milliseconds / 1000}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="conformance, seed ${seed}" ${counts}>
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

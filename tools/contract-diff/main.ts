import { parseArgs } from 'node:util';
import { compareContracts } from './compare.ts';
import { asObject } from './findings.ts';
import { documentOf, textAt, textOf, UnreadableError } from './read.ts';
import { allowsBreakingChanges, conclusion, report } from './report.ts';

const help = `Usage: npm run contract:diff -- REF
       npm run contract:diff -- --from FILE --to FILE

Compares openapi.yaml at REF (a commit, branch or tag of git) with the file in
the folder, and reports breaking and additive changes. A change that many
operations share is one line; --all shows each one.

Exit status: 0 no breaking change, or a new major version (below 1.0.0 a minor
one) allows it; 1 breaking changes; 2 wrong arguments; 3 a contract cannot be
read.
`;

/** Thrown for wrong arguments of the command. */
class UsageError extends Error {}

const out = (text: string) => process.stdout.write(text);

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' }, all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    out(help);
    return 0;
  }
  const [ref, ...rest] = positionals;
  const areFiles = values.from !== undefined && values.to !== undefined && ref === undefined;
  const isRef = values.from === undefined && values.to === undefined && ref !== undefined && rest.length === 0;
  if (!areFiles && !isRef) throw new UsageError('Give either one REF, or --from and --to');
  if (isRef && (ref === '' || ref.startsWith('-') || ref.includes(':'))) throw new UsageError(`${ref} is not a REF`);

  const [from, to] = isRef
    ? [await documentOf(textAt(ref), `openapi.yaml at ${ref}`), await documentOf(textOf('openapi.yaml'), 'openapi.yaml')]
    : [
        await documentOf(textOf(values.from as string), values.from as string),
        await documentOf(textOf(values.to as string), values.to as string),
      ];
  const findings = compareContracts(from, to);
  const [old, current] = [asObject(from.info).version, asObject(to.info).version];
  out(report(findings, { all: values.all }));
  out(`${findings.length > 0 ? '\n' : ''}${conclusion(findings, old, current)}`);
  return findings.some(({ verdict }) => verdict === 'breaking') && !allowsBreakingChanges(old, current) ? 1 : 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { message, code } = error as { message: string; code?: string };
  const isUsage = error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage && !(error instanceof UnreadableError)) throw error;
  process.stderr.write(`${message}\n${isUsage ? '\nnpm run contract:diff -- --help shows all options.\n' : ''}`);
  process.exitCode = isUsage ? 2 : 3;
}

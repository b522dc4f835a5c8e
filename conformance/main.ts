import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ConformanceOptions,
  defaultRequests,
  defaultSeed,
  runConformance,
  UnknownOperation,
  Unreachable,
  UnusableContract,
} from './index.ts';
import { toJunit } from './junit.ts';
import { toText } from './report.ts';

const help = `Usage: npm run conformance -- --url URL --token TOKEN [OPTION...]

Holds a server against openapi.yaml: sends what the contract allows and what it forbids, and checks every answer.

  --url URL         where the server is
  --token TOKEN     an administrator's token
  --seed N          other requests for another seed (${defaultSeed}); the same seed makes the same requests
  --requests N      how many requests to generate (${defaultRequests}), besides those that follow from the contract alone
  --read-only       sends only GET and HEAD, and what is refused before anything is changed
  --operation ID    only this operation; may be given more than once
  --contract PATH   another contract
  --junit FILE      writes the report as JUnit XML
  --json FILE       writes the report as JSON

Without --read-only it creates, changes and deletes what it finds: never point it at a server whose data is needed.
Its own token it lets be, and of what can be rehearsed, such as revoking all tokens, it sends dry runs alone.

Exit status: 0 conforms, 1 does not, 2 wrong words, 3 the server can't be reached.
`;

/** The words of the command are wrong. */
class UsageError extends Error {}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} ${text} is not a whole number of at most nine digits`);
  return Number(text);
}

function readWords(words: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: words,
    options: {
      url: text,
      token: text,
      seed: text,
      requests: text,
      contract: text,
      junit: text,
      json: text,
      operation: { type: 'string', multiple: true },
      'read-only': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { url, token, contract } = values;
  if (!url || !token) throw new UsageError('--url and --token are needed');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError(`--url ${url} is not an http or https URL`);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError('--token has characters that no header takes');
  const options: ConformanceOptions = {
    url,
    token,
    seed: wholeNumber('seed', values.seed, defaultSeed),
    requests: wholeNumber('requests', values.requests, defaultRequests),
    readOnly: values['read-only'] ?? false,
    operations: values.operation,
    ...(contract !== undefined && { contract }),
  };
  return { options, junit: values.junit, json: values.json };
}

async function run(words: string[]): Promise<number> {
  const wanted = readWords(words);
  if (!wanted) {
    process.stdout.write(help);
    return 0;
  }
  for (const file of [wanted.junit, wanted.json]) if (file) await access(dirname(file), constants.W_OK);
  const report = await runConformance(wanted.options);
  if (wanted.junit) await writeFile(wanted.junit, toJunit(report));
  if (wanted.json) await writeFile(wanted.json, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(toText(report));
  return report.conforms ? 0 : 1;
}

function statusOf(error: unknown): number {
  if (error instanceof Unreachable) return 3;
  const code = (error as { code?: string }).code ?? '';
  const isUsage = [UsageError, UnknownOperation, UnusableContract].some((kind) => error instanceof kind);
  if (isUsage || code.startsWith('ERR_PARSE_ARGS') || ['ENOENT', 'EACCES', 'EISDIR'].includes(code)) return 2;
  return 1;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = statusOf(error);
  const { message, code } = error as { message: string; code?: string };
  process.stderr.write(`${message || code}\n${process.exitCode === 2 ? '\nnpm run conformance -- --help says more.\n' : ''}`);
}

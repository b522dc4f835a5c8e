import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ConformanceOptions,
  defaultRequests,
  defaultSeed,
  RefusedToken,
  runConformance,
  UnknownOperation,
  Unreachable,
  UnusableContract,
} from './index.ts';
import { toJunit } from './junit.ts';
import { toText } from './report.ts';

const help = `Usage: npm run conformance -- --url URL --token TOKEN [OPTION...]

Tests a server against openapi.yaml. Sends valid and invalid requests, and
checks every response.

  --url URL         address of the server
  --token TOKEN     token of an administrator
  --seed N          seed of the generated requests (${defaultSeed}); the same seed generates
                    the same requests
  --requests N      number of generated requests (${defaultRequests}), in addition to those
                    from the examples
  --read-only       sends only GET and HEAD, and invalid requests that a server
                    refuses before it changes data
  --operation ID    tests only this operation; can be repeated
  --contract PATH   uses another contract
  --junit FILE      writes the report as JUnit XML
  --json FILE       writes the report as JSON
  --help            shows this text

Without --read-only, it creates, changes and deletes data. Never use it with a
server whose data you need. It does not change its own token. For operations
with a dry run, such as revoking all tokens, it sends only dry runs. It waits
for the end of rate limits, and says so.

Exit status:

  0   conforms
  1   does not conform
  2   wrong arguments, such as a token that the server refuses
  3   the server can't be reached
`;

/** Thrown for wrong arguments of the command. */
class UsageError extends Error {}

function wholeNumber(name: string, text: string | undefined, defaultValue: number): number {
  if (text === undefined) return defaultValue;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} ${text} is not a whole number of at most nine digits`);
  return Number(text);
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
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
  if (!url || !token) throw new UsageError('--url and --token are required');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError(`--url ${url} is not an http or https URL`);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError('--token has characters that a header cannot contain');
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

async function run(args: string[]): Promise<number> {
  const settings = readArguments(args);
  if (!settings) {
    process.stdout.write(help);
    return 0;
  }
  for (const file of [settings.junit, settings.json]) if (file) await access(dirname(file), constants.W_OK);
  const onWait = (seconds: number) => process.stderr.write(`The server limits the rate of requests; waiting ${seconds} s\n`);
  const report = await runConformance({ ...settings.options, onWait });
  if (settings.junit) await writeFile(settings.junit, toJunit(report));
  if (settings.json) await writeFile(settings.json, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(toText(report));
  return report.conforms ? 0 : 1;
}

function statusOf(error: unknown): number {
  if (error instanceof Unreachable) return 3;
  const code = (error as { code?: string }).code ?? '';
  const isUsage = [UsageError, UnknownOperation, UnusableContract, RefusedToken].some((kind) => error instanceof kind);
  if (isUsage || code.startsWith('ERR_PARSE_ARGS') || ['ENOENT', 'EACCES', 'EISDIR'].includes(code)) return 2;
  return 1;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = statusOf(error);
  const { message, code } = error as { message: string; code?: string };
  process.stderr.write(
    `${message || code}\n${process.exitCode === 2 && !(error instanceof RefusedToken) ? '\nnpm run conformance -- --help shows all options.\n' : ''}`,
  );
}

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileOf, isEmbedded, isInMemory } from '../database/embedded.ts';
import { ConfigError, readDatabaseUrl } from './config.ts';
import { runTokenCommand, UsageError } from './token-actions.ts';

const help = `Usage: npm run token -- COMMAND [OPTIONS]

Creates, lists and deletes API tokens directly in the database that DATABASE_URL
names. Works with or without a running server. The limits on tokens created
through the API do not apply.

Commands:

  create NAME          creates a token and shows its secret once
  list                 lists all tokens with their level, access and status
  revoke ID            deletes a token; the server refuses it from the next
                       request on
  forget-secrets       after the loss of the secret key: deletes all access keys
                       and stored secrets, so that the server starts with a new
                       key

Options:

  --administrator      create: administrator access (default: write access)
  --read-only          create: read access
  --expires DATE       create: expiration, as an ISO 8601 date or instant
  --organization KEY   the organization of the tokens (default: the one that
                       hosts the server)
  --help               shows this text

Exit status:

  0   done
  1   failed
  2   invalid arguments or settings
`;

async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      administrator: { type: 'boolean' },
      'read-only': { type: 'boolean' },
      expires: { type: 'string' },
      organization: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [command, ...commandArgs] = positionals;
  if (values.help) return void process.stdout.write(help);
  if (!command || !['create', 'list', 'revoke', 'forget-secrets'].includes(command))
    throw new UsageError(command ? `Unknown command ${command}` : 'A command is missing');
  if (values.administrator && values['read-only']) throw new UsageError('Use either --administrator or --read-only, not both');
  const databaseUrl = readDatabaseUrl(process.env);
  if (isInMemory(databaseUrl))
    throw new UsageError('An in-memory database belongs to one process; the sandbox prints its tokens when it starts');

  if (isEmbedded(databaseUrl) && !existsSync(fileOf(databaseUrl)))
    throw new Error(`The database ${fileOf(databaseUrl)} does not exist; start the server once to create it, or check DATABASE_URL`);
  await runTokenCommand(databaseUrl, command, commandArgs, values);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof UsageError || error instanceof ConfigError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  const { message, code } = error as { message: string; code?: string };
  process.stderr.write(`${message || code}\n${isUsage ? '\nRun npm run token -- --help for usage.\n' : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}

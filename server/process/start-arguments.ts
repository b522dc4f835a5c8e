import { parseArgs } from 'node:util';
import { ConfigError } from './config.ts';

interface StartArguments {
  /** Whether the usage is asked for. */
  isHelp: boolean;
  /** The settings that the arguments replace, by the names of their environment variables. */
  settings: { PORT?: string; HOST?: string };
}

/** Settings that an argument can replace. */
const replaceable = { port: 'PORT', host: 'HOST' } as const;
const names = Object.keys(replaceable) as (keyof typeof replaceable)[];

/**
 * Reads the arguments of the command `npmCommand`, which starts a server.
 *
 * Throws `ConfigError` for arguments that it does not know, and for options that npm has kept: of `npm start --port 9000` this program gets only the value.
 */
export function readStartArguments(npmCommand: string, args: string[], env: NodeJS.ProcessEnv): StartArguments {
  const usage = `${npmCommand} -- --help shows all options`;
  const kept = names.find((name) => env[`npm_config_${name}`] !== undefined);
  if (kept)
    throw new ConfigError([`npm has kept --${kept}, because options of Gatehouse stand after --: ${npmCommand} -- --${kept} VALUE`]);
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    const given = names.filter((name) => values[name] !== undefined);
    const empty = given.find((name) => values[name] === '');
    if (empty) throw new ConfigError([`--${empty} needs a value; ${usage}`]);
    return { isHelp: values.help ?? false, settings: Object.fromEntries(given.map((name) => [replaceable[name], values[name]])) };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new ConfigError([`${message.split('. ')[0]}; ${usage}`]);
  }
}

import { expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../server/process/config.ts';
import { readStartArguments } from '../../server/process/start-arguments.ts';
import { startProcess } from '../support/process.ts';

const read = (args: string[], env: NodeJS.ProcessEnv = {}) => readStartArguments('npm start', args, env);
function faultOf(args: string[], env: NodeJS.ProcessEnv = {}): string {
  try {
    read(args, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n  ')[1] as string;
    throw error;
  }
  return 'none';
}

it('reads --port and --host in both spellings, and --help', () => {
  expect(read([])).toEqual({ isHelp: false, settings: {} });
  expect(read(['--port', '9000', '--host=::1'])).toEqual({ isHelp: false, settings: { PORT: '9000', HOST: '::1' } });
  for (const help of ['--help', '-h']) expect(read([help]).isHelp).toBe(true);
});

it('refuses arguments that it does not know, and options without a value', () => {
  expect(faultOf(['--prot', '9000'])).toMatch(/^Unknown option '--prot'; npm start -- --help shows all options$/);
  expect(faultOf(['9000'])).toMatch(/^Unexpected argument '9000'; npm start -- --help/);
  expect(faultOf(['--port'])).toMatch(/--port.*; npm start -- --help/);
  for (const name of ['port', 'host'])
    expect(faultOf([`--${name}=`])).toBe(`--${name} needs a value; npm start -- --help shows all options`);
});

it('refuses options that npm has kept, also if npm passed on the value', () => {
  const kept = 'npm has kept --port, because options of Gatehouse stand after --: npm start -- --port VALUE';
  expect(faultOf(['9000'], { npm_config_port: 'true' })).toBe(kept);
  expect(faultOf([], { npm_config_port: '9000' })).toBe(kept);
  expect(faultOf([], { npm_config_host: '::1' })).toContain('--host VALUE');
});

it.each(['server/main.js', 'server/sandbox/main.ts', 'mocks/main.ts'])(
  '%s listens on the address of its arguments, not of its environment',
  async (program) => {
    const env = { DATABASE_URL: 'sqlite::memory:' };
    const first = await startProcess(env, program);
    const { port } = new URL(first.url);
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    const server = await startProcess({ ...env, PORT: 'none', HOST: 'nowhere.invalid' }, program, ['--port', port, '--host', '127.0.0.1']);
    onTestFinished(() => server.signal('SIGTERM'));
    expect(server.url).toBe(`http://127.0.0.1:${port}`);
  },
);

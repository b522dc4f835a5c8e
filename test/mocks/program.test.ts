import { expect, it } from 'vitest';
import { runProgram, startProcess } from '../support/process.ts';

const program = 'mocks/main.ts';
const ended = async (args: string[], env: Record<string, string> = {}) => {
  const { ended: status, output } = runProgram(program, args, env);
  return [await status, output()];
};

it('npm run mock: responds until SIGTERM or SIGINT, and then ends with 0', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const mock = await startProcess({}, program);
    expect((await fetch(`${mock.url}/healthz`)).status).toBe(200);
    mock.signal(signal);
    expect(await mock.ended).toBe(0);
  }
});

it('npm run mock: ends with 1 for a port in use, with 2 for wrong settings, with 0 for --help, and says what to do', async () => {
  const mock = await startProcess({}, program);
  const { port } = new URL(mock.url);
  const inUse = `Port ${port} of 127.0.0.1 is in use by another process; stop it, or choose another port with PORT or -- --port\n`;
  expect(await ended([], { PORT: port })).toEqual([1, inUse]);
  expect(await ended(['--port', port], { PORT: '0' })).toEqual([1, inUse]);
  expect(await ended(['--host', '203.0.113.9'])).toEqual([1, expect.stringContaining('HOST 203.0.113.9 is not an address')]);
  mock.signal('SIGTERM');
  expect(await ended([], { PORT: 'many' })).toEqual([2, expect.stringContaining('PORT) must be')]);
  expect(await ended(['--port', ''])).toEqual([2, expect.stringContaining('need values')]);
  expect(await ended(['4011'])).toEqual([2, expect.stringContaining('--help')]);
  expect(await ended(['4011'], { npm_config_port: 'true' })).toEqual([2, expect.stringContaining('npm run mock -- --port VALUE')]);
  expect(await ended(['--fast'])).toEqual([2, expect.stringContaining('--help')]);
  expect(await ended(['--help'])).toEqual([0, expect.stringContaining('npm run mock')]);
});

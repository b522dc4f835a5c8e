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
  expect(await ended([], { PORT: new URL(mock.url).port })).toEqual([1, expect.stringContaining('set PORT to another one')]);
  mock.signal('SIGTERM');
  expect(await ended([], { PORT: 'many' })).toEqual([2, expect.stringContaining('PORT must be')]);
  expect(await ended(['--fast'])).toEqual([2, expect.stringContaining('--help')]);
  expect(await ended(['--help'])).toEqual([0, expect.stringContaining('npm run mock')]);
});

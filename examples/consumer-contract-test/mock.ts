import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient, type GatehouseClient } from '../../client/index.ts';

const checkout = process.env.GATEHOUSE_CHECKOUT || fileURLToPath(new URL('../..', import.meta.url));

/** Returns the mock at MOCK_URL, or starts the mock of a Gatehouse checkout on a free port. */
export async function findMock(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (process.env.MOCK_URL) return { url: process.env.MOCK_URL, stop: async () => {} };
  const mock = spawn(process.execPath, ['mocks/main.ts'], {
    cwd: checkout,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(mock, 'close');
  for await (const line of createInterface({ input: mock.stdout })) {
    const [, url] = /ready at (http:\S+?)\. /.exec(line) ?? [];
    if (!url) continue;
    const stop = async () => {
      mock.kill();
      await ended;
    };
    return { url, stop };
  }
  throw new Error(`The mock of ${checkout} did not start`);
}

/** Creates a client that sends `Prefer` with the calls of one method, and records the requests that it sends. */
export function clientOf(url: string, preferred: { method?: string; prefer?: string } = {}): { client: GatehouseClient; sent: Request[] } {
  const sent: Request[] = [];
  const send: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    if (preferred.prefer && request.method === preferred.method) request.headers.set('Prefer', preferred.prefer);
    sent.push(request.clone());
    return fetch(request);
  };
  return { client: createClient({ baseUrl: url, token: 'any', retries: 0, fetch: send }), sent };
}

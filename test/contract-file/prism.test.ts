import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearer, pathOf, validRequest } from '../mocks/mock-calls.ts';
import { isUpload, type Operation } from '../support/call-operation.ts';
import { operations } from '../support/contract.ts';

const prismProgram = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

let url: string;
let output = '';
let stop: () => Promise<void>;

beforeAll(async () => {
  const port = await freePort();
  const prism = spawn(process.execPath, [prismProgram, 'mock', '--host', '127.0.0.1', '--port', String(port), 'openapi.yaml'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(prism, 'exit');
  stop = async () => {
    prism.kill();
    await exited;
  };
  url = `http://127.0.0.1:${port}`;
  await new Promise<void>((resolve, reject) => {
    prism.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Prism is listening')) resolve();
    });
    exited.then(() => reject(new Error(`Prism ended before it listened: ${output}`)));
  });
});
afterAll(() => stop?.());

const firstSuccess = (responses: object) => Object.keys(responses).find((status) => status.startsWith('2'));

it('Prism lists a route for every operation', () => {
  expect(output.match(/ (GET|POST|PUT|PATCH|DELETE) +http/g)).toHaveLength(operations.length);
  expect(operations).toHaveLength(84);
});

/** Returns an upload whose parts have a Content-Type, because Prism ends with an error for a part without one. */
function uploadForm(): FormData {
  const form = new FormData();
  form.set('applicationId', '3fa85f64-5717-4562-b3fc-2c963f66afa6');
  form.set('c5d6e7f8-0000-4000-8000-000000000001', new File(['Login\nschen\n'], 'users.csv', { type: 'text/csv' }));
  return form;
}

const requestTo = (operation: Operation): RequestInit =>
  isUpload(operation) ? { method: 'POST', headers: bearer, body: uploadForm() } : validRequest(operation);

it.each(operations as Operation[])('$operationId: Prism responds with its first success status', async (operation) => {
  const { status } = await fetch(url + pathOf(operation), { ...requestTo(operation), signal: AbortSignal.timeout(10_000) });
  expect(String(status)).toBe(firstSuccess(operation.responses ?? {}));
});

import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readBodyBytes } from '../../server/http/body-arrival.ts';
import { createBodyBudget } from '../../server/http/body-budget.ts';
import { watchMinimumRate } from '../../server/http/minimum-rate.ts';
import { bodyTypeOf, isSecured, isUpload, type Operation, operationsWithBody } from '../support/call-operation.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import { multipartType, openSocket, sendBytes, storedFileNames, unfinishedMultipart } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer({}, { bodyMs: 60, bodyWithoutTokenMs: 60, uploadIdleMs: 60, unreadMs: 60 });
const impatient = useServer({}, { headersMs: 60, uploadIdleMs: 1000 });
const hurried = useServer({}, { uploadMs: 60 });
let tenant: Tenant;
beforeAll(async () => {
  tenant = await givenTenant(server);
});

const pathOf = ({ path }: Operation) => path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
const unfinishedUpload = unfinishedMultipart({ name: 'x', fileName: 'x.csv', content: 'x'.repeat(5000) }).subarray(0, -100);

/** Returns a request whose body ends in the middle. */
function unfinished(operation: Operation, ...headers: string[]): Buffer {
  const head = [
    `${operation.method.toUpperCase()} ${pathOf(operation)} HTTP/1.1`,
    'Host: x',
    `Content-Type: ${isUpload(operation) ? multipartType : bodyTypeOf(operation)}`,
    ...(isSecured(operation) ? [`Authorization: Bearer ${tenant.administrator.secret}`] : []),
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), isUpload(operation) ? unfinishedUpload : Buffer.from('{"')]);
}
const operation = (id: string) => operationsWithBody.find(({ operationId }) => operationId === id) as Operation;

describe.each(operationsWithBody.map((operation) => [operation.operationId as string, operation] as const))('%s', (_id, operation) => {
  it('408: ends a body that does not arrive in time, and closes the connection', async () => {
    const response = await sendBytes(
      server,
      operation.method.toUpperCase(),
      pathOf(operation),
      unfinished(operation, 'Content-Length: 9000'),
    );
    expect([response.status, (await response.json()).error, response.headers.get('connection')]).toEqual([408, 'request_timeout', 'close']);
  });
});

it.each(['createAccessToken', 'createApplication'])('408: %s does not wait for a body of one byte now and then', async (id) => {
  const socket = openSocket(server);
  socket.write(unfinished(operation(id), 'Content-Length: 9000'));
  const dribble = setInterval(() => socket.write('x'), 10);
  try {
    expect(await socket.received()).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    clearInterval(dribble);
  }
});

it('408: ends a chunked body without an end, and keeps no file of an upload without one', async () => {
  const chunked = unfinished(operation('createApplication'), 'Transfer-Encoding: chunked').toString().replace(/\{"$/, '9\r\n{"');
  for (const bytes of [chunked, unfinished(operation('uploadApplicationImport'), 'Content-Length: 9000')]) {
    const socket = openSocket(server);
    socket.write(bytes);
    expect(await socket.received()).toMatch(/^HTTP\/1\.1 408 /);
  }
  expect(storedFileNames(server)).toEqual([]);
});

it('408: does not wait for an upload of one byte now and then, and keeps no file of it', async () => {
  const { writer } = await givenTenant(impatient);
  const socket = openSocket(impatient);
  const upload = unfinished(operation('uploadApplicationImport'), 'Content-Length: 9000').toString();
  socket.write(upload.replace(/Bearer \S+/, `Bearer ${writer.secret}`));
  const dribble = setInterval(() => socket.write('x'), 20);
  try {
    expect(await socket.received()).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    clearInterval(dribble);
  }
  expect(storedFileNames(impatient)).toEqual([]);
});

it('408: ends an upload that takes too long, although its bytes keep arriving', async () => {
  const { administrator } = await givenTenant(hurried);
  const bytes = unfinished(operation('uploadApplicationImport'), 'Content-Length: 900000').toString();
  const socket = openSocket(hurried);
  socket.write(bytes.replace(tenant.administrator.secret, administrator.secret));
  const dribble = setInterval(() => socket.write('x'), 10);
  try {
    expect(await socket.received()).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    clearInterval(dribble);
  }
  expect(storedFileNames(hurried)).toEqual([]);
});

it('408: closes a connection whose first headers do not arrive in time', async () => {
  for (const bytes of ['', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ']) {
    const socket = openSocket(impatient);
    socket.write(bytes);
    expect(await socket.received()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"error":"request_timeout"/);
  }
});

describe('the minimum rate of a stream', () => {
  afterEach(() => void vi.useRealTimers());
  /** Lets this many bytes arrive in each second, while the stream waits for the server for `waitedMs` of it. Returns the second of the expiration. */
  async function secondOfExpiry(arriving: number[], waited = 0): Promise<number | undefined> {
    vi.useFakeTimers();
    let [bytes, waitedMs, second] = [0, 0, 0];
    let expired: number | undefined;
    const rate = { bytes: () => bytes, waitedMs: () => waitedMs, periodMs: 1000, bytesPerSecondMin: 100 };
    const end = watchMinimumRate(rate, () => {
      expired ??= second;
    });
    for (const arrived of arriving) {
      second++;
      bytes += arrived;
      waitedMs += waited;
      await vi.advanceTimersByTimeAsync(1000);
    }
    end();
    bytes = 0;
    await vi.advanceTimersByTimeAsync(5000);
    return expired;
  }

  it('counts each period alone, so that a fast beginning allows no slow end', async () => {
    expect(await secondOfExpiry([100, 100, 100, 100])).toBe(undefined);
    expect(await secondOfExpiry([1_000_000, 100, 99, 100])).toBe(3);
  });

  it('does not count the time in which the client waits for the server', async () => {
    expect(await secondOfExpiry([100, 0, 0, 0], 1000)).toBe(undefined);
    expect(await secondOfExpiry([60, 49, 60], 500)).toBe(2);
  });
});

describe('the deadline of a body', () => {
  afterEach(() => void vi.useRealTimers());
  const terms = { bytesMax: 1000, graceMs: 1000, bytesPerSecondMin: 100, admit: () => {} };
  const given = () => {
    vi.useFakeTimers();
    const body = new PassThrough();
    const share = createBodyBudget({ bytesMax: 1000 }).open();
    const reading = readBodyBytes(Object.assign(body, { headers: {} }) as unknown as IncomingMessage, terms, share);
    const result = reading.then(
      (bytes) => bytes.length,
      (error) => error.status,
    );
    return { body, result };
  };

  it('grows with the bytes that arrive at the minimum rate', async () => {
    const { body, result } = given();
    for (let second = 0; second < 9; second++) {
      body.write(Buffer.alloc(110));
      await vi.advanceTimersByTimeAsync(1000);
    }
    body.end();
    expect(await result).toBe(990);
  });

  it('408: ends a body that is slower than the minimum rate', async () => {
    const { body, result } = given();
    for (let second = 0; second < 9; second++) {
      body.write(Buffer.alloc(40));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(await result).toBe(408);
  });
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';
import { setImmediate as nextIteration } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { closeSocket, openSockets } from '../../server/http/open-sockets.ts';

const host = '127.0.0.1';
let open: NetServer[] = [];
afterEach(async () => {
  await Promise.all(open.map(closeSocket));
  open = [];
});

async function listen(server: Server, port: number, acceptsPerIteration: number): Promise<number> {
  open.push(...(await openSockets(server, { port, host }, acceptsPerIteration)));
  return (server.address() as AddressInfo).port;
}
const server = () => createServer((_request, response) => response.end('ok'));
const get = async (port: number) => (await fetch(`http://${host}:${port}/`, { headers: { connection: 'close' } })).text();

it('all sockets of a port serve requests', async () => {
  const port = await listen(server(), 0, 16);
  expect(await Promise.all(Array.from({ length: 64 }, () => get(port)))).toEqual(Array(64).fill('ok'));
});

it('many connections are accepted in one iteration of the event loop', async () => {
  const accepting = server();
  let accepted = 0;
  const iterations = new Set<number>();
  let iteration = 0;
  accepting.on('connection', () => {
    accepted++;
    iterations.add(iteration);
  });
  const port = await listen(accepting, 0, 16);
  const sockets = Array.from({ length: 128 }, () => connect(port, host));
  for (; accepted < sockets.length; iteration++) await nextIteration();
  await Promise.all(sockets.map((socket) => once(socket.destroy(), 'close')));
  if (process.platform === 'linux') expect(iterations.size).toBeLessThan(100);
});

it('a port on which another server listens is refused, although sockets can share it', async () => {
  const port = await listen(server(), 0, 4);
  await expect(openSockets(server(), { port, host }, 4)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await get(port)).toBe('ok');
});

it('no socket stays open if a further one cannot be opened', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, host, resolve));
  open.push(taken);
  const failing = server();
  // The further sockets get the port that another server has.
  const realPort = new Promise<number>((resolve) => failing.once('listening', () => resolve((failing.address() as AddressInfo).port)));
  void realPort.then(() => {
    failing.address = () => taken.address();
  });
  await expect(openSockets(failing, { port: 0, host }, 4)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(failing.listening).toBe(false);
  expect(await listen(server(), await realPort, 4)).toBe(await realPort);
});

it('a port is free as soon as its sockets are closed', async () => {
  const port = await listen(server(), 0, 4);
  await Promise.all(open.map(closeSocket));
  open = [];
  expect(await listen(server(), port, 4)).toBe(port);
  expect(await get(port)).toBe('ok');
});

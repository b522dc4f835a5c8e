import type { Server } from 'node:http';
import type { AddressInfo, ListenOptions, Server as NetServer } from 'node:net';

const { createServer } = process.getBuiltinModule('node:net');
/** Connections that the operating system holds until they are accepted. It refuses more without an error, and clients try again only after a second. */
const backlogMax = 4096;
/** Errors of systems whose sockets cannot share a port. */
const unsupported = ['ENOTSUP', 'ENOPROTOOPT', 'EINVAL'];

const portOf = (server: NetServer) => (server.address() as AddressInfo).port;

const listenOn = (server: NetServer, options: ListenOptions) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...options, backlog: backlogMax }, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Accepts no further connections. Resolves when all connections are closed that this server has accepted. */
export const closeSocket = (server: NetServer) => new Promise<void>((resolve) => server.close(() => resolve()));

/** Rejects if another program listens on the port. Sockets that share a port do not tell. */
async function requireFreePort(options: ListenOptions): Promise<void> {
  const probe = createServer();
  await listenOn(probe, options);
  await closeSocket(probe);
}

/**
 * Makes an HTTP server listen. Returns all servers to close: this one, and others that pass their connections to it.
 *
 * Node accepts one connection of each listening socket in an iteration of the event loop. With only one socket, connections would wait behind a flood of
 * others. The port therefore has `acceptsPerIteration` sockets, to which the system distributes connections; only one if the system has no shared ports.
 */
export async function openSockets(
  server: Server,
  address: { port: number; host: string },
  acceptsPerIteration: number,
): Promise<NetServer[]> {
  if (address.port !== 0) await requireFreePort(address);
  try {
    await listenOn(server, { ...address, reusePort: true });
  } catch (error) {
    if (!unsupported.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await listenOn(server, address);
    return [server];
  }
  const others = Array.from({ length: acceptsPerIteration - 1 }, () =>
    createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket)),
  );
  const sockets = [server, ...others];
  try {
    for (const other of others) await listenOn(other, { ...address, port: portOf(server), reusePort: true });
  } catch (error) {
    for (const socket of sockets) void closeSocket(socket);
    throw error;
  }
  return sockets;
}

import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../common/process-log.ts';
import { respondToBrokenRequest } from './broken-requests.ts';
import { type ConnectionLimits, createConnections } from './connections.ts';
import type { HttpLimits } from './limits.ts';
import { closeSocket, openSockets } from './open-sockets.ts';
import type { UnknownLines } from './unknown-lines.ts';

// A plain `import` of node:http also loads its WebSocket and fetch parts, which takes longer than the rest of the start.
const { createServer } = process.getBuiltinModule('node:http');
/** Time for the first bytes of a request to arrive on a new connection while the server stops. */
const silentMsMax = 500;
/** Must exceed the proxies' idle timeout (often 60 s). Otherwise a proxy could reuse a connection while this server closes it. */
const idleTimeoutMs = 75_000;

export interface RunningServer {
  url: string;
  /** Accepts no new connections and resolves after the last response. Rejects at the deadline, which cuts off the remaining responses. */
  stop: (deadlineMs: number) => Promise<void>;
}

const urlOf = (server: Server) => {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
};

/** Calls `receive` for the requests of a server. Those that arrive before `prepared` resolves wait for it. */
function receiveWhen(prepared: Promise<void>, server: Server, receive: RequestListener): void {
  const wait: RequestListener = (request, response) => void prepared.then(() => receive(request, response));
  // The reader of a body asks for it with `checkContinue`, so a request that is refused before does not send it.
  for (const event of ['request', 'checkContinue', 'checkExpectation']) {
    server.on(event, wait);
    void prepared.then(() => server.off(event, wait).on(event, receive));
  }
}

/**
 * Starts an HTTP server for the listener. Resolves once it listens and `prepare` has resolved.
 *
 * `prepare` runs when the port is taken and before the first request is handled, so that it changes nothing if the server cannot listen. If it rejects, the
 * port is free again.
 */
export async function listen(
  listener: RequestListener,
  { port, host }: { port: number; host: string },
  limits: HttpLimits & ConnectionLimits,
  lines: { log: Log; unknownLines: UnknownLines },
  prepare: () => Promise<void>,
): Promise<RunningServer> {
  const settings = {
    headersTimeout: limits.headersMs,
    // Only a reserve: every body has a shorter deadline, with a response in the common error format.
    requestTimeout: limits.headersMs + limits.uploadMs + limits.silentConnectionMs,
    connectionsCheckingInterval: Math.ceil(limits.headersMs / 5),
    keepAliveTimeout: idleTimeoutMs,
    // Node's own responses to a missing Host and an unknown Expect are not in the common error format.
    requireHostHeader: false,
  };
  const connections = createConnections(limits, listener, lines.log);
  const server = createServer(settings);
  const prepared = Promise.withResolvers<void>();
  receiveWhen(prepared.promise, server, connections.receive);
  server.timeout = limits.silentConnectionMs;
  server.on('connection', connections.accept);
  server.on('clientError', (error, socket) => respondToBrokenRequest(lines, error, socket as Socket));
  const sockets = await openSockets(server, { port, host }, limits.acceptsPerIteration);
  try {
    await prepare();
    prepared.resolve();
  } catch (error) {
    for (const socket of sockets) void closeSocket(socket);
    server.closeAllConnections();
    throw error;
  }
  return {
    url: urlOf(server),
    stop: (deadlineMs) =>
      new Promise((resolve, reject) => {
        // `close` waits for connections that become idle later, so idle connections are closed repeatedly.
        const closeIdle = setInterval(() => server.closeIdleConnections(), 50);
        const silence = setTimeout(connections.closeSilent, silentMsMax);
        const deadline = setTimeout(() => {
          server.closeAllConnections();
          reject(new Error(`Some responses were not finished after ${deadlineMs} ms and were cut off`));
        }, deadlineMs);
        void Promise.all(sockets.map(closeSocket)).then(() => {
          clearInterval(closeIdle);
          clearTimeout(silence);
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

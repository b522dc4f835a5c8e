import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { newCorrelationId } from '../calls/correlation-id.ts';
import { ApiError, toErrorBody } from '../common/errors.ts';
import type { Log } from '../common/process-log.ts';

// A plain `import` of node:http also loads its WebSocket and fetch parts, which takes longer than the rest of the start.
const { createServer } = process.getBuiltinModule('node:http');
const requestTimeoutMs = 30 * 60_000;
const headersTimeoutMs = 15_000;
/** Time for the first bytes of a request to arrive on a new connection while the server stops. */
const silentMsMax = 500;
/** Must exceed the proxies' idle timeout (often 60 s). Otherwise a proxy could reuse a connection while this server closes it. */
const idleTimeoutMs = 75_000;

export interface RunningServer {
  url: string;
  /** Accepts no new connections and resolves after the last response. Rejects at the deadline, which cuts off the remaining responses. */
  stop: (deadlineMs: number) => Promise<void>;
}

/** Responds in the common error format to bytes that Node cannot parse as a request. */
function respondToBrokenRequest(log: Log, error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: ServerResponse }): void {
  // Bytes written in the middle of another response would be read as a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const [status, reason, failure] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', new ApiError(431, 'header_fields_too_large', 'The headers are larger than 16 KiB')]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', new ApiError(408, 'request_timeout', 'The request did not arrive in time')]
        : [400, 'Bad Request', new ApiError(400, 'validation_error', 'This is not an HTTP request that the server can read')];
  const correlationId = newCorrelationId(new Date());
  log.info({ correlationId, status, code: error.code }, 'request that could not be read');
  const body = JSON.stringify(toErrorBody(failure, correlationId));
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Correlation-Id: ${correlationId}`,
    'Access-Control-Allow-Origin: *',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const urlOf = (server: Server) => {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
};

/**
 * Returns a function that closes the connections on which no request has begun.
 *
 * Node counts such a connection as active until its headers time out, so it would hold up a stop.
 */
function trackSilentConnections(server: Server): () => void {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  for (const event of ['request', 'checkExpectation']) server.on(event, ({ socket }: IncomingMessage) => silent.delete(socket));
  return () => {
    for (const socket of silent) socket.destroy();
  };
}

/** Starts an HTTP server for the listener. Resolves once it listens. */
export async function listen(listener: RequestListener, port: number, host: string, log: Log): Promise<RunningServer> {
  // Node's own responses to a missing Host and an unknown Expect are not in the common error format.
  const settings = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: idleTimeoutMs,
    requireHostHeader: false,
  };
  const server = createServer(settings, listener);
  server.on('checkExpectation', listener);
  const closeSilent = trackSilentConnections(server);
  server.on('clientError', (error, socket) => respondToBrokenRequest(log, error, socket as Socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: urlOf(server),
    stop: (deadlineMs) =>
      new Promise((resolve, reject) => {
        // `close` waits for connections that become idle later, so idle connections are closed repeatedly.
        const closeIdle = setInterval(() => server.closeIdleConnections(), 50);
        const silence = setTimeout(closeSilent, silentMsMax);
        const deadline = setTimeout(() => {
          server.closeAllConnections();
          reject(new Error(`Some responses were not finished after ${deadlineMs} ms and were cut off`));
        }, deadlineMs);
        server.close(() => {
          clearInterval(closeIdle);
          clearTimeout(silence);
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

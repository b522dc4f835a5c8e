import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { newCorrelationId } from '../calls/correlation-id.ts';
import { ApiError, toErrorBody } from '../common/errors.ts';
import type { Log } from '../common/process-log.ts';

// An `import` of it would load all that it re-exports, WebSockets among it, which takes longer than our own start.
const { createServer } = process.getBuiltinModule('node:http');
const requestTimeoutMs = 30 * 60_000;
const headersTimeoutMs = 15_000;
/** Longer than many proxies keep a connection (60 seconds), so that they send no request on one that is being closed here. */
const idleTimeoutMs = 75_000;

export interface RunningServer {
  url: string;
  /** Takes no new connections and resolves when the last answer is out, or rejects at the deadline, when what is left is cut off. */
  stop: (deadlineMs: number) => Promise<void>;
}

/** Requests so broken that they never become one still get the one error format. */
function answerBrokenRequest(log: Log, error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: ServerResponse }): void {
  // In the middle of another answer, a second one would be taken for a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const [status, reason, answer] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', new ApiError(431, 'header_fields_too_large', 'The headers are larger than 16 KiB')]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', new ApiError(408, 'request_timeout', 'The request did not arrive in time')]
        : [400, 'Bad Request', new ApiError(400, 'validation_error', 'This is not an HTTP request that the server can read')];
  const correlationId = newCorrelationId(new Date());
  log.info({ correlationId, status, code: error.code }, 'call that could not be read');
  const body = JSON.stringify(toErrorBody(answer, correlationId));
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

export async function listen(listener: RequestListener, port: number, host: string, log: Log): Promise<RunningServer> {
  // Node's own refusals, of a missing Host and an unknown Expect, would not be in the one error format.
  const settings = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: idleTimeoutMs,
    requireHostHeader: false,
  };
  const server = createServer(settings, listener);
  server.on('checkExpectation', listener);
  server.on('clientError', (error, socket) => answerBrokenRequest(log, error, socket as Socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: urlOf(server),
    stop: (deadlineMs) =>
      new Promise((resolve, reject) => {
        // A connection that goes idle only after `close` would be waited for: idle ones are closed again and again.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        const deadline = setTimeout(() => {
          server.closeAllConnections();
          reject(new Error(`Some answers were not out after ${deadlineMs} ms and were cut off`));
        }, deadlineMs);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { operationsOf, readContract } from './contract.ts';
import { createGenerator } from './generator.ts';
import { createJournal, type JournalEntry } from './journal.ts';
import { createPrism } from './prism.ts';
import { createRequestHandler } from './request-handler.ts';
import { bytesOf, headersOf, invalid, Refusal, toResponse } from './responses.ts';

export type { JournalEntry } from './journal.ts';

interface MockOptions {
  /** 0, the default, selects a free port. */
  port?: number;
  host?: string;
  /** Maximum time for a request to arrive; then the mock responds with 408. */
  requestTimeoutMs?: number;
}

export interface Mock {
  url: string;
  /** Requests since the last reset, newest last, at most 1,000. */
  requests: () => JournalEntry[];
  reset: () => void;
  /** Stops immediately and closes open connections. */
  stop: () => Promise<void>;
}

const headersTimeoutMs = 15_000;
const timeoutCheckIntervalMs = 5_000;

/** Responds in the error format of the contract to input that is not an HTTP request. */
function respondToMalformedRequest(error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: ServerResponse }): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const [reason, refusal] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['Request Header Fields Too Large', new Refusal(431, 'header_fields_too_large', 'The headers are larger than 16 KiB')]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['Request Timeout', new Refusal(408, 'request_timeout', 'The request did not arrive in time')]
        : ['Bad Request', invalid({ field: 'request', message: 'Is not an HTTP request that the mock can read' })];
  const correlationId = randomBytes(16).toString('hex');
  const mockResponse = toResponse(refusal);
  const body = bytesOf(mockResponse, correlationId) as Buffer;
  const headers = { ...headersOf(mockResponse, undefined, correlationId), 'Content-Length': body.length, Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${refusal.status} ${reason}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  // Closes the connection, because a client that stopped in the middle of a request may never close it.
  setTimeout(() => socket.destroy(), 1000).unref();
}

const urlOf = (server: Server) => {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
};

/** Starts a mock of the API from `openapi.yaml`. Several mocks can run at the same time, each with its own journal. */
export async function startMock({ port = 0, host = '127.0.0.1', requestTimeoutMs = 60_000 }: MockOptions = {}): Promise<Mock> {
  const journal = createJournal();
  const generator = createGenerator();
  const requestPrism = await createPrism(readContract());
  const handleRequest = createRequestHandler({
    operations: operationsOf(readContract()),
    requestPrism,
    requestGenerator: generator.request,
    journal,
  });
  const listener: RequestListener = (request, response) => void handleRequest(request, response);
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(timeoutCheckIntervalMs, requestTimeoutMs),
      // Node's own responses to a missing Host or an unknown Expect would not have the error format of the contract.
      requireHostHeader: false,
    },
    listener,
  );
  server.on('checkExpectation', listener);
  server.on('clientError', (error, socket) => respondToMalformedRequest(error, socket as Socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  let stopped: Promise<void> | undefined;
  return {
    url: urlOf(server),
    requests: journal.requests,
    reset: journal.reset,
    stop: () => {
      stopped ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }).then(generator.stop);
      return stopped;
    },
  };
}

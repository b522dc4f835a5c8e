import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}
export type Respond = (response: ServerResponse, request: ReceivedRequest) => void;

/** Starts a server whose responses the test defines, in order. The last one is repeated for all further requests. */
export function useFlawedServer() {
  const state = { url: '', received: [] as ReceivedRequest[], responses: [] as Respond[] };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const received = { method: request.method as string, url: request.url as string, headers: request.headers, body };
      state.received.push(received);
      const respond = state.responses.length > 1 ? state.responses.shift() : state.responses[0];
      respond?.(response, received);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: () => state.url,
    /** The requests since `respondWith` was called. */
    received: () => state.received,
    respondWith: (...responses: Respond[]) => {
      state.received = [];
      state.responses = responses;
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Respond =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
/** Responds with an error body of the contract. */
export const errorResponse = (status: number, error: string, more: object = {}, headers: Record<string, string> = {}): Respond =>
  json(status, { error, message: `It is ${error}`, correlationId: 'a1b2c3d4e5f67890abcdef1234567890', ...more }, headers);
/** Responds with HTML. */
export const htmlPage =
  (html: string, status = 200): Respond =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(html);
  };
/** Closes the connection without a response. */
export const drop: Respond = (response) => response.socket?.destroy();
/** Closes the connection in the middle of a body. */
export const dropMidBody: Respond = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"items": [');
  setImmediate(() => response.socket?.destroy());
};
/** Never responds. */
export const stall: Respond = () => {};

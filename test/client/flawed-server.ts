import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}
export type Respond = (response: ServerResponse, request: Received) => void;

/** A server that answers its calls one after another as a test says, the last answer again and again. */
export function useFlawedServer() {
  const state = { url: '', received: [] as Received[], answers: [] as Respond[] };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const received = { method: request.method as string, url: request.url as string, headers: request.headers, body };
      state.received.push(received);
      const answer = state.answers.length > 1 ? state.answers.shift() : state.answers[0];
      answer?.(response, received);
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
    /** What came since the answers were set. */
    received: () => state.received,
    answerWith: (...answers: Respond[]) => {
      state.received = [];
      state.answers = answers;
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Respond =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
export const refusal = (status: number, error: string, more: object = {}, headers: Record<string, string> = {}): Respond =>
  json(status, { error, message: `It is ${error}`, correlationId: 'a1b2c3d4e5f67890abcdef1234567890', ...more }, headers);
export const page =
  (html: string, status = 200): Respond =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(html);
  };
/** Hangs up without a word. */
export const drop: Respond = (response) => response.socket?.destroy();
/** Hangs up in the middle of a body. */
export const dropMidBody: Respond = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"items": [');
  setImmediate(() => response.socket?.destroy());
};
/** Never answers. */
export const stall: Respond = () => {};

import { connect } from 'node:net';
import { hostileText, pick, type Random } from './hostile-values.ts';

const timeoutMs = 10_000;

/** Returns bytes that an HTTP client would not send. */
export function rawRequest(random: Random): Buffer {
  const host = 'Host: localhost\r\n';
  const json = 'Content-Type: application/json\r\n';
  const text = hostileText(random).slice(0, 3000);
  const bytes = pick(random, [
    `GET /healthz HTTP/1.1\r\n\r\n`,
    `GET /healthz HTTP/9.9\r\n${host}\r\n`,
    `GET ${text} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    `GET http://example.com/healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    `GET /healthz HTTP/1.1\n${host}\n`,
    `GET /healthz HTTP/1.1\r\n${host}X-A: ${text}\r\nConnection: close\r\n\r\n`,
    `GET /healthz HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(3000)}Connection: close\r\n\r\n`,
    `GET /healthz?${'a'.repeat(random(40_000))} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    `POST /api/v2/auth/client_token HTTP/1.1\r\n${host}${json}Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /api/v2/auth/client_token HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${text.length}\r\n${text}`,
    `POST /api/v2/auth/client_token HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2;${text.replace(/[\r\n]/g, '')}\r\n{}\r\n0\r\nA: b\r\n\r\n`,
    `POST /api/v2/auth/client_token HTTP/1.1\r\n${host}${json}Content-Length: -1\r\nConnection: close\r\n\r\n{}`,
    `POST /api/v2/auth/client_token HTTP/1.1\r\n${host}${json}Content-Length: 99999999999999999999\r\nConnection: close\r\n\r\n{}`,
    `${`GET /healthz HTTP/1.1\r\n${host}\r\n`.repeat(1 + random(50))}GET /readyz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    `CONNECT example.com:443 HTTP/1.1\r\n${host}\r\n`,
    `GET /healthz HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    text,
  ]);
  return Buffer.from(bytes, pick(random, ['utf8', 'latin1']));
}

/** Sends bytes and then the end of the stream. Returns all that the server sends until it closes the connection. Rejects after 10 seconds. */
export function sendRaw(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`the connection was still open after ${timeoutMs / 1000} seconds`)));
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? undefined : reject(error)));
    socket.on('close', () => resolve(Buffer.concat(received).toString()));
  });
}

/** Returns the status of each response in what a server sent. */
export const rawStatuses = (text: string): number[] => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

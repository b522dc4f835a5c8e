import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { Request } from './case.ts';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  milliseconds: number;
}
/** Waits until a limit ends, and asks again, unless a 429 is an answer as any other. */
export type Send = (request: Request, options?: { isLimitAnAnswer?: boolean }) => Promise<Answer>;

const timeoutMs = 10_000;
const triesMax = 6;
const longestWaitSeconds = 120;

/** The server can't be reached at all, which says nothing about how it conforms. */
export class Unreachable extends Error {}

/**
 * Sends requests exactly as they are planned: `fetch` would tidy up paths and refuse methods.
 *
 * An answer that comes before the body is sent counts, though the connection breaks afterwards: 413 is mostly such an answer.
 */
export function createSender(url: string, token: string, concurrency: number): { send: Send; close: () => void } {
  const base = new URL(url);
  const library = base.protocol === 'https:' ? https : http;
  const agent = new library.Agent({ keepAlive: true, maxSockets: concurrency });
  const prefix = base.pathname.replace(/\/$/, '');

  const sendOnce = ({ method, path, headers, body }: Request) =>
    new Promise<Answer>((resolve, reject) => {
      const begun = performance.now();
      const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll('$TOKEN', token)]));
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const options = { agent, method, host: base.hostname, port: base.port, path: prefix + path, headers: { ...given, ...length } };
      let isAnswered = false;
      const request = library.request(options, (response) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(timer);
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, milliseconds: performance.now() - begun });
        });
      });
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)), timeoutMs);
      request.on('error', (error) => {
        if (isAnswered && !error.message.startsWith('no answer')) return;
        clearTimeout(timer);
        reject(error);
      });
      request.end(body);
    });

  const send: Send = async (request, { isLimitAnAnswer = false } = {}) => {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await sendOnce(request);
        if (answer.status !== 429 || isLimitAnAnswer || tries === triesMax) return answer;
        await wait(1000 * Math.min(longestWaitSeconds, Number(answer.headers['retry-after'] ?? 1) || 1));
      } catch (error) {
        // A kept connection that the server closes just as it is used again; safe to repeat, for the kit does not count what it made.
        if (tries > 1 || !['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
  };
  return { send, close: () => agent.destroy() };
}

/** Throws `Unreachable` where nothing answers. */
export async function probe(send: Send, url: string): Promise<void> {
  try {
    await send({ method: 'GET', path: '/', headers: {} }, { isLimitAnAnswer: true });
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    throw new Unreachable(`${url} can't be reached: ${message || code}`);
  }
}

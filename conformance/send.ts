import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { Request } from './case.ts';

export interface ServerResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  milliseconds: number;
}
/** Sends a request. After a 429, it waits for the end of the rate limit and sends again, unless `isLimitExpected`. */
export type Send = (request: Request, options?: { isLimitExpected?: boolean }) => Promise<ServerResponse>;

const timeoutMs = 10_000;
const triesMax = 6;
const longestWaitSeconds = 120;

export interface SenderOptions {
  url: string;
  /** A token of an administrator. With a token of less access, responses with 403 count as failures. */
  token: string;
  /** Called before each wait for the end of a rate limit. */
  onWait?: ((seconds: number) => void) | undefined;
}

/** Thrown if the server cannot be reached. This is not a result about conformance. */
export class Unreachable extends Error {}

/**
 * Sends requests exactly as planned, with `node:http`, because `fetch` normalizes paths and refuses some methods.
 *
 * A response counts even if it arrives before the whole body is sent and the connection then breaks, as with most 413 responses. `close` ends all requests
 * and waits, which then reject.
 */
export function createSender({ url, token, onWait = () => {} }: SenderOptions, concurrency: number): { send: Send; close: () => void } {
  const base = new URL(url);
  const library = base.protocol === 'https:' ? https : http;
  const agent = new library.Agent({ keepAlive: true, maxSockets: concurrency });
  const closing = new AbortController();
  const prefix = base.pathname.replace(/\/$/, '');

  const sendOnce = ({ method, path, headers, body }: Request) =>
    new Promise<ServerResponse>((resolve, reject) => {
      const startedAt = performance.now();
      const sentHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll('$TOKEN', token)]));
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const options = { agent, method, host: base.hostname, port: base.port, path: prefix + path, headers: { ...sentHeaders, ...length } };
      let hasResponse = false;
      const request = library.request(options, (response) => {
        hasResponse = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(timer);
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, milliseconds: performance.now() - startedAt });
        });
      });
      const timer = setTimeout(() => request.destroy(new Error(`no response within ${timeoutMs / 1000} seconds`)), timeoutMs);
      request.on('error', (error) => {
        if (hasResponse && !error.message.startsWith('no response')) return;
        clearTimeout(timer);
        reject(error);
      });
      request.end(body);
    });

  const send: Send = async (request, { isLimitExpected = false } = {}) => {
    for (let tries = 1; ; tries++) {
      try {
        const response = await sendOnce(request);
        if (response.status !== 429 || isLimitExpected || tries === triesMax) return response;
        const seconds = Math.min(longestWaitSeconds, Number(response.headers['retry-after'] ?? 1) || 1);
        onWait(seconds);
        await wait(1000 * seconds, undefined, { signal: closing.signal });
      } catch (error) {
        // The server closed an idle connection at the moment of its reuse. The request can be repeated safely.
        if (tries > 1 || !['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
  };
  const close = () => {
    closing.abort();
    agent.destroy();
  };
  return { send, close };
}

/** Throws `Unreachable` if no server responds. */
export async function probe(send: Send, url: string): Promise<void> {
  try {
    await send({ method: 'GET', path: '/', headers: {} }, { isLimitExpected: true });
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    throw new Unreachable(`${url} can't be reached: ${message || code}`);
  }
}

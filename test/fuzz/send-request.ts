import http from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ServerResponse } from '../../conformance/send.ts';
import { httpLimits } from '../../server/http/limits.ts';
import type { FuzzRequest } from './fuzz-requests.ts';

const decoders: Record<string, (bytes: Buffer) => Buffer> = { gzip: gunzipSync, br: brotliDecompressSync };

const timeoutMs = 30_000;

/** The server closes the connection of a refused body that does not end. The sender sees the response, or the end of the connection if that arrives first. */
const isLarge = (body: Buffer | undefined) => body !== undefined && body.length > httpLimits.unreadBytesMax;
const isClosed = (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || error.code === 'ECONNRESET';

/**
 * Sends a request once. A response counts even if it arrives before the whole body is sent. Rejects if none arrives within 30 seconds.
 *
 * Resolves to undefined if the connection was closed during a large body.
 */
export function sendRequest(
  agent: http.Agent,
  url: URL,
  { method, path, headers, body }: FuzzRequest,
): Promise<ServerResponse | undefined> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const length = body === undefined ? {} : { 'Content-Length': String(body.length) };
    let hasResponse = false;
    const request = http.request(
      { agent, method, host: url.hostname, port: url.port, path, headers: { ...headers, ...length } },
      (response) => {
        hasResponse = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(timer);
          const bytes = Buffer.concat(chunks);
          const decode = decoders[response.headers['content-encoding'] ?? ''];
          // A response to HEAD names the encoding and has no body.
          const text = (decode && bytes.length > 0 ? decode(bytes) : bytes).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, milliseconds: performance.now() - startedAt });
        });
      },
    );
    const timer = setTimeout(() => request.destroy(new Error(`no response within ${timeoutMs / 1000} seconds`)), timeoutMs);
    request.on('error', (error) => {
      if (hasResponse && !error.message.startsWith('no response')) return;
      clearTimeout(timer);
      if (isLarge(body) && isClosed(error)) resolve(undefined);
      else reject(error);
    });
    request.end(body);
  });
}

import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { assertMatchesContract, contractFetch } from './contract.ts';
import type { TestServer } from './server.ts';

/**
 * Opens a TCP connection to the server, on which a test can send bytes that no HTTP client would send.
 *
 * `localAddress` is the address that the server sees. On Linux, every address that begins with 127 can be used.
 */
export function openSocket(server: Pick<TestServer, 'url'>, { localAddress }: { localAddress?: string } = {}) {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ port: Number(port), host: hostname, ...(localAddress !== undefined && { localAddress }) });
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  return {
    write: (bytes: string | Buffer, sent?: () => void) => socket.write(bytes, sent),
    destroy: () => socket.destroy(),
    isClosed: () => socket.destroyed,
    /** Resolves once the server has closed the connection. */
    closed,
    /** Writes until the server closes the connection, or until `bytesMax` bytes were sent. Returns their number. */
    flood: async (bytes: Buffer, bytesMax: number): Promise<number> => {
      let sent = 0;
      while (!socket.destroyed && sent < bytesMax) {
        sent += bytes.length;
        if (!socket.write(bytes)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
      }
      return sent;
    },
    /** Stops reading until `resume` or `received` is called. */
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    /** Resolves when the server sends its next bytes. */
    nextBytes: () => new Promise((resolve) => socket.once('data', resolve)),
    /** Waits until the server closes the connection, and returns everything it sent. */
    received: async () => {
      socket.resume();
      await closed;
      return Buffer.concat(received).toString();
    },
  };
}

/**
 * Sends bytes and returns the response, which is checked against the contract if `path` has an operation.
 *
 * The bytes must contain `Connection: close`.
 */
export async function sendBytes(server: TestServer, method: string, path: string, bytes: string | Buffer): Promise<Response> {
  const socket = openSocket(server);
  socket.write(bytes);
  const response = responseOf(await socket.received());
  await assertMatchesContract(method, path, response);
  return response;
}

/** Parses the bytes of a response with `Content-Length`. */
export function responseOf(text: string): Response {
  const [head = '', ...bodies] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = bodies.join('\r\n\r\n');
  return new Response(body === '' ? null : body, { status: Number(statusLine.split(' ')[1]), headers });
}

export interface Part {
  name?: string;
  /** With a file name, the part is a file. */
  fileName?: string;
  content?: string | Buffer;
  /** The complete header of the part. Replaces the one made from `name` and `fileName`. */
  header?: string;
}

const boundary = 'gatehouse-test';
export const multipartType = `multipart/form-data; boundary=${boundary}`;

const encodePart = ({ name, fileName, content = '', header }: Part): Buffer => {
  const disposition = `Content-Disposition: form-data${name === undefined ? '' : `; name="${name}"`}${fileName === undefined ? '' : `; filename="${fileName}"`}`;
  return Buffer.concat([Buffer.from(`--${boundary}\r\n${header ?? disposition}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
};

/** Returns a multipart body without its final boundary, as it looks while it is being sent. */
export const unfinishedMultipart = (...parts: Part[]): Buffer => Buffer.concat(parts.map(encodePart));
/** Returns a complete multipart body. */
export const multipart = (...parts: Part[]): Buffer => Buffer.concat([unfinishedMultipart(...parts), Buffer.from(`--${boundary}--\r\n`)]);

/** Sends an upload with the given bytes. `key` is the `Idempotency-Key`. */
export const sendUpload = (
  server: TestServer,
  secret: string,
  body: Buffer | ReadableStream | undefined,
  { query = '', type = multipartType, key }: { query?: string; type?: string; key?: string } = {},
): Promise<Response> =>
  contractFetch(`${server.url}/api/application-imports/upload${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': type, ...(key !== undefined && { 'Idempotency-Key': key }) },
    ...(body !== undefined && { body: body as BodyInit, duplex: 'half' }),
  });

/** Returns the bytes as a stream, which is sent without a `Content-Length`. */
export const streamOf = (bytes: Buffer): ReadableStream => new Blob([new Uint8Array(bytes)]).stream();

/** Returns the names of all files in the server's upload directory. */
export const storedFileNames = (server: TestServer): string[] => {
  try {
    return readdirSync(server.config.uploadDirectory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch {
    return [];
  }
};

/** Returns the names of stored files that belong to no import. The result must be empty after every response. */
export async function orphanedFiles(server: TestServer): Promise<string[]> {
  const expected = new Set((await server.db('application_import_files').select('id')).map(({ id }) => `${id}.csv`));
  return storedFileNames(server).filter((name) => !expected.has(name));
}

/** Returns the lines of the server's log that have this correlation id. */
export const logLinesOf = (server: TestServer, correlationId: string | null): Record<string, unknown>[] =>
  server
    .logged()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((line) => line.correlationId === correlationId);

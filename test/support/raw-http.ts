import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { assertMatchesContract, contractFetch } from './contract.ts';
import type { TestServer } from './server.ts';

/** A connection on which a test says what no client of ours would. */
export function openSocket(server: TestServer) {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  return {
    write: (bytes: string | Buffer, sent?: () => void) => socket.write(bytes, sent),
    hangUp: () => socket.destroy(),
    /** Stops listening until `received` is asked for. */
    pause: () => socket.pause(),
    /** When the server has said its next words. */
    spoken: () => new Promise((resolve) => socket.once('data', resolve)),
    /** All that the server said, once it has closed the connection. */
    received: async () => {
      socket.resume();
      await closed;
      return Buffer.concat(received).toString();
    },
  };
}

/** What the server answers to these bytes, held against the contract where `path` has an operation. Ask for `Connection: close`. */
export async function sendBytes(server: TestServer, method: string, path: string, bytes: string | Buffer): Promise<Response> {
  const socket = openSocket(server);
  socket.write(bytes);
  const text = await socket.received();
  const [head = '', ...bodies] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = bodies.join('\r\n\r\n');
  const answer = new Response(body === '' ? null : body, { status: Number(statusLine.split(' ')[1]), headers });
  await assertMatchesContract(method, path, answer);
  return answer;
}

export interface Part {
  name?: string;
  /** Makes it a file. */
  fileName?: string;
  content?: string | Buffer;
  /** The part's whole header instead of one from `name` and `fileName`. */
  header?: string;
}

export const boundary = 'gatehouse-test';
export const multipartType = `multipart/form-data; boundary=${boundary}`;

const openPart = ({ name, fileName, content = '', header }: Part): Buffer => {
  const disposition = `Content-Disposition: form-data${name === undefined ? '' : `; name="${name}"`}${fileName === undefined ? '' : `; filename="${fileName}"`}`;
  return Buffer.concat([Buffer.from(`--${boundary}\r\n${header ?? disposition}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
};

/** A multipart body without its end, as it looks while it is being sent. */
export const unfinishedMultipart = (...parts: Part[]): Buffer => Buffer.concat(parts.map(openPart));
export const multipart = (...parts: Part[]): Buffer => Buffer.concat([unfinishedMultipart(...parts), Buffer.from(`--${boundary}--\r\n`)]);

/** An upload whose bytes and headers the test decides. */
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

/** A stream has no length to announce. */
export const streamOf = (bytes: Buffer): ReadableStream => new Blob([new Uint8Array(bytes)]).stream();

export const storedFileNames = (server: TestServer): string[] => {
  try {
    return readdirSync(server.config.uploadDirectory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch {
    return [];
  }
};

/** Files on the disk that no import names: there must never be any once an answer is out. */
export async function orphanedFiles(server: TestServer): Promise<string[]> {
  const named = new Set((await server.db('application_import_files').select('id')).map(({ id }) => `${id}.csv`));
  return storedFileNames(server).filter((name) => !named.has(name));
}

/** The log's lines under a correlation id. */
export const logLinesOf = (server: TestServer, correlationId: string | null): Record<string, unknown>[] =>
  server
    .logged()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((line) => line.correlationId === correlationId);

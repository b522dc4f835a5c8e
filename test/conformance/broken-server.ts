import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}
/** What a lying server does with a call before it is done (what it returns, a reply or 'hang up', is the answer), and with the answer afterwards; `memory` lasts as long as the server. */
export interface Lie {
  before?: (call: Call, memory: Map<string, string>) => unknown;
  after?: (reply: Reply, call: Call, memory: Map<string, string>) => void;
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function pass(target: string, { method, path, headers, body }: Call): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target);
    const { 'content-length': _, 'transfer-encoding': __, ...others } = headers;
    const sent = body === '' ? others : { ...others, 'content-length': String(Buffer.byteLength(body)) };
    const call = forward({ hostname, port, method, path, headers: sent }, (answer) => {
      readAll(answer).then((text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }), reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** A server that is another one but for one lie. */
export async function startBrokenServer(target: string, lie: Lie) {
  const memory = new Map<string, string>();
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call: Call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: await readAll(request) };
    calls.push({ ...call });
    const early = lie.before?.(call, memory) as Reply | 'hang up' | undefined;
    if (early === 'hang up') return void request.socket.destroy();
    const reply = early ?? (await pass(target, call));
    lie.after?.(reply, call, memory);
    const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...headers } = reply.headers;
    const hasNoBody = call.method === 'HEAD' || reply.status === 204;
    response.writeHead(reply.status, hasNoBody ? headers : { ...headers, 'content-length': String(Buffer.byteLength(reply.body)) });
    response.end(hasNoBody ? undefined : reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, close };
}

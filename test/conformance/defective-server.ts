import { createServer, type IncomingHttpHeaders, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForwardedRequest {
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
/** Changes of a server's behaviour. `state` lives as long as the server. */
export interface Defect {
  /** Changes a request before it is forwarded, or returns a reply or 'close connection' instead of forwarding it. */
  before?: (request: ForwardedRequest, state: Map<string, string>) => unknown;
  /** Changes the reply of the server. */
  after?: (reply: Reply, request: ForwardedRequest, state: Map<string, string>) => void;
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function forward(target: string, { method, path, headers, body }: ForwardedRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target);
    const { 'content-length': _, 'transfer-encoding': __, ...otherHeaders } = headers;
    const sentHeaders = body === '' ? otherHeaders : { ...otherHeaders, 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = sendRequest({ hostname, port, method, path, headers: sentHeaders }, (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Starts a proxy that behaves like the server at `target`, except for one defect. */
export async function startDefectiveServer(target: string, defect: Defect) {
  const state = new Map<string, string>();
  const requests: ForwardedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const request: ForwardedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: await readAll(incoming),
    };
    requests.push({ ...request });
    const earlyReply = defect.before?.(request, state) as Reply | 'close connection' | undefined;
    if (earlyReply === 'close connection') return void incoming.socket.destroy();
    const reply = earlyReply ?? (await forward(target, request));
    defect.after?.(reply, request, state);
    const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...headers } = reply.headers;
    const hasNoBody = request.method === 'HEAD' || reply.status === 204;
    response.writeHead(reply.status, hasNoBody ? headers : { ...headers, 'content-length': String(Buffer.byteLength(reply.body)) });
    response.end(hasNoBody ? undefined : reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}

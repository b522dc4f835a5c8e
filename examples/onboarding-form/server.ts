import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, isGatehouseError, isNotFoundError } from '../../client/index.ts';
import { onboard } from './onboard.ts';
import { eventPage, formPage, problemPage } from './page.ts';

const help = `Usage: node examples/onboarding-form/server.ts

Serves a form on 127.0.0.1 that creates an onboard event. The token stays in
this process.

  GATEHOUSE_URL    address of the server (required)
  GATEHOUSE_TOKEN  token with the access level Write (required)
  PORT             port of the form (default: 3000; 0 selects a free one)

Exit status: 0 stopped by SIGTERM or SIGINT, 1 could not start, 2 wrong
settings.
`;
const formLengthMax = 64 * 1024;
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

function stop(status: number, message: string): never {
  (status === 0 ? process.stdout : process.stderr).write(message);
  process.exit(status);
}
const setting = (name: string) => process.env[name] || stop(2, `${name} is not set; --help lists the settings\n`);

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) if (text.length <= formLengthMax) text += chunk;
  return text.length > formLengthMax ? undefined : new URLSearchParams(text);
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, page: object) => void response.writeHead(status, headers).end(String(page));
  const { method, url = '/' } = request;
  const [, eventId] = /^\/events\/([0-9a-f-]{36})$/.exec(url) ?? [];
  if (method === 'GET' && eventId) return send(200, eventPage(await client.getPersonnelEvent({ path: { id: eventId } })));
  if (method === 'GET' && url === '/') return send(200, formPage(randomUUID(), new URLSearchParams()));
  if (method !== 'POST' || url !== '/') return send(404, problemPage('Not found', 'This address has no page.'));
  // A browser names the site that sent the form. Another site must not create events.
  if ((request.headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin')
    return send(403, problemPage('Refused', 'The form comes from another site.'));
  const form = await readForm(request);
  if (!form) return send(413, problemPage('Too large', 'The form is too large.'));
  const result = await onboard(client, form);
  if ('page' in result) return send(result.status, result.page);
  response.writeHead(303, { Location: `/events/${result.event.id}` }).end();
}

/** Shows the correlation id, with which an administrator finds the call in the API log. */
function fail(error: unknown, response: ServerResponse): void {
  const [message, id] = isGatehouseError(error) ? [error.message, error.correlationId] : [String(error)];
  process.stderr.write(`${message} (correlation id ${id})\n`);
  if (isNotFoundError(error)) response.writeHead(404, headers).end(String(problemPage('Not found', 'There is no such event.')));
  else response.writeHead(502, headers).end(String(problemPage('Sorry', `Gatehouse did not accept the call. Correlation id: ${id}`)));
}

if (process.argv.includes('--help')) stop(0, help);
const client = createClient({ baseUrl: setting('GATEHOUSE_URL'), token: setting('GATEHOUSE_TOKEN') });
const port = Number(process.env.PORT || 3000);
if (!(Number.isInteger(port) && port >= 0 && port < 65_536)) stop(2, 'PORT must be a whole number from 0 to 65535\n');
await client.getCurrentToken().catch((error) => stop(1, `${error.message}\n`));

const server = createServer((request, response) => respond(request, response).catch((error) => fail(error, response)));
server.on('error', (error) => stop(1, `${error.message}\n`));
server.listen(port, '127.0.0.1', () => process.stdout.write(`The form is at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close().closeAllConnections());

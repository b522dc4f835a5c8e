import { expect, it } from 'vitest';
import { openSocket } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer({}, { responseMs: 100, bytesPerSecondMin: 1024 ** 3 });
const requests = 30;

it('200: closes the connection of a client that does not receive its responses', async () => {
  const socket = openSocket(server);
  socket.pause();
  // All responses together are more than the socket buffers of both sides.
  socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests));
  await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain('"aborted":true');
  const received = await socket.received();
  expect([...received.matchAll(/^HTTP\/1\.1 200 /gm)].length).toBeLessThan(requests);
});

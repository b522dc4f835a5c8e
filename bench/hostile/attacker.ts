import { connect, type Socket } from 'node:net';
import { attacks } from './attacks.ts';

// The program that attacks. Its arguments are the name of the attack, the URL, an administrator's token and the seconds. Prints the number of responses by status
// and the most connections that were open at the same time, as JSON. It is a separate process, so that it can run on another core than the server.

const [name, url, secret, seconds] = process.argv.slice(2) as [string, string, string, string];
const { kind, connections, addresses = 1, dribble, isUnread, varies, bytes } = attacks[name] as (typeof attacks)[string];
const { hostname, port } = new URL(url);
/** Held connections are opened within the first second. One that was closed is opened again one to two seconds later. */
const reopenMs = () => 1000 + Math.random() * 1000;
const statuses: Record<string, number> = {};
let count = 0;
let isEnding = false;
let [open, mostOpen] = [0, 0];
const constant = bytes(secret, 0);
const nextBytes = () => (varies ? bytes(secret, count++) : constant);
const countStatus = (status: string) => {
  statuses[status] = (statuses[status] ?? 0) + 1;
};

/** Connects from an address of its own: on Linux, each address that begins with 127 is local. */
const connectFrom = (index: number): Socket =>
  connect({ host: hostname, port: Number(port), localAddress: `127.0.1.${1 + (index % addresses)}` })
    .setNoDelay()
    .on('error', () => {})
    .once('connect', function (this: Socket) {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      this.once('close', () => {
        open -= 1;
      });
    });

/** Calls `onResponse` for each response with `Content-Length`. */
function readResponses(socket: Socket, onResponse: () => void): void {
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
    for (;;) {
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = received.slice(0, headEnd);
      const end = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (received.length < end) return;
      countStatus(head.slice(9, 12));
      received = received.slice(end);
      onResponse();
    }
  });
}

function flood(index: number): void {
  const socket = connectFrom(index);
  const send = () => void socket.write(nextBytes());
  readResponses(socket, send);
  socket.once('connect', send);
  // A server that ends its half no longer reads.
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    if (!isEnding) setTimeout(() => flood(index), 1);
  });
}

function hold(index: number): void {
  const socket = connectFrom(index);
  socket.once('connect', () => {
    socket.write(constant);
    if (isUnread) socket.pause();
  });
  readResponses(socket, () => {});
  const timer = dribble === undefined ? undefined : setInterval(() => socket.write(dribble), 3000);
  socket.once('close', () => {
    clearInterval(timer);
    if (!isEnding) setTimeout(() => hold(index), reopenMs());
  });
}

for (let index = 0; index < connections; index++) {
  if (kind === 'flood') flood(index);
  else setTimeout(() => hold(index), (index / connections) * 1000);
}
setTimeout(() => {
  isEnding = true;
  process.stdout.write(JSON.stringify({ statuses, mostOpen }), () => process.exit());
}, Number(seconds) * 1000);

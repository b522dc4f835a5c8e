import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

// Sends a request again and again on many connections, in a thread of its own, so that the server's event loop has nothing else to do. Sends a message
// when it has begun, and after any message the number of responses.

const { port, request, connections } = workerData as { port: number; request: string; connections: number };
let responses = 0;
let connected = 0;
const sockets = Array.from({ length: connections }, () => {
  const socket = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }).setNoDelay();
  socket.on('error', () => {});
  socket.on('connect', () => {
    socket.write(request);
    connected += 1;
    if (connected === connections) parentPort?.postMessage('begun');
  });
  socket.on('data', () => {
    responses += 1;
    socket.write(request);
  });
  return socket;
});
parentPort?.once('message', () => {
  for (const socket of sockets) socket.destroy();
  parentPort?.postMessage(responses);
});

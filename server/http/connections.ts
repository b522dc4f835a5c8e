import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { unavailable } from '../common/errors.ts';
import type { Log } from '../common/process-log.ts';
import { rawResponse } from './broken-requests.ts';
import { countedAddress } from './client-address.ts';
import { createTurns } from './turns.ts';

export interface ConnectionLimits {
  connectionsMax: number;
  /** 0 sets no limit. */
  connectionsPerAddressMax: number;
  /** Requests of one connection that wait while an earlier one is handled. */
  waitingRequestsMax: number;
  /** Connections that new ones of the same address may replace at once, and then each second. */
  replacementsAtOnce: number;
  replacementsPerSecond: number;
  startsPerIteration: number;
  /** The same for connections that have not shown a valid credential. */
  unknownStartsPerIteration: number;
}

type Exchange = [request: IncomingMessage, response: ServerResponse];

/** An address, or an IPv6 network, with open connections. */
interface Address {
  name: string;
  connections: Set<Connection>;
  replacementsLeft: number;
  /** `performance.now()` when `replacementsLeft` was computed. */
  countedAt: number;
}

interface Connection {
  socket: Socket;
  address: Address;
  hasRequested: boolean;
  isHandling: boolean;
  waiting: Exchange[];
}

const logPauseMs = 10_000;
const knownSockets = new WeakSet<Socket>();

/** Notes that a request with a valid credential came over this connection, which is then preferred to others. */
export const recordKnownCaller = (socket: Socket): void => void knownSockets.add(socket);
export const isKnownCaller = (socket: Socket): boolean => knownSockets.has(socket);

/**
 * Node creates an error for every request that ends with its connection. Their stack traces, which are never shown, would take most of the time that closed
 * connections cost.
 */
function withoutStackTraces(socket: Socket): void {
  const { stackTraceLimit } = Error;
  socket.prependOnceListener('close', () => {
    Error.stackTraceLimit = 0;
  });
  socket.once('close', () => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}

/**
 * Limits the connections, in all and for each address, and the requests that each of them handles at once.
 *
 * A new connection beyond a limit replaces the oldest one that has not shown a valid credential, or else the oldest idle one. So neither idle nor
 * unfinished connections keep others out, and callers with credentials stay connected. An address that replaces many is refused for a while, because each
 * replaced connection has cost more than a refused one.
 */
export function createConnections(limits: ConnectionLimits, listener: RequestListener, log: Log) {
  const { connectionsMax, waitingRequestsMax } = limits;
  const takeTurn = createTurns({ startsMax: limits.startsPerIteration });
  const takeUnknownTurn = createTurns({ startsMax: limits.unknownStartsPerIteration });
  const perAddressMax = limits.connectionsPerAddressMax || Number.POSITIVE_INFINITY;
  // Maps and sets keep the order of insertion: the oldest connection comes first.
  const all = new Map<Socket, Connection>();
  const addresses = new Map<string, Address>();
  let [replaced, refused, nextLogAt] = [0, 0, 0];

  function remove(connection: Connection): void {
    all.delete(connection.socket);
    const { name, connections } = connection.address;
    // A later entry of the same name is another one.
    if (connections.delete(connection) && connections.size === 0) addresses.delete(name);
  }

  function addressOf(socket: Socket): Address {
    const name = countedAddress(socket.remoteAddress ?? '');
    const newAddress = {
      name,
      connections: new Set<Connection>(),
      replacementsLeft: limits.replacementsAtOnce,
      countedAt: performance.now(),
    };
    return addresses.get(name) ?? newAddress;
  }

  /** Counts a replacement. Returns false if the address has replaced too many. */
  function mayReplace(address: Address): boolean {
    const now = performance.now();
    const earned = ((now - address.countedAt) / 1000) * limits.replacementsPerSecond;
    address.replacementsLeft = Math.min(limits.replacementsAtOnce, address.replacementsLeft + earned);
    address.countedAt = now;
    if (address.replacementsLeft < 1) return false;
    address.replacementsLeft -= 1;
    return true;
  }

  function logFullness(): void {
    const now = performance.now();
    if (now < nextLogAt) return;
    nextLogAt = now + logPauseMs;
    log.warn({ replaced, refused, connections: all.size }, 'too many connections: older ones were replaced, or new ones refused');
    [replaced, refused] = [0, 0];
  }

  /** Closes the connection that is needed least. Returns false if all are in use by known callers. */
  function closeOne(connections: Iterable<Connection>): boolean {
    let found: Connection | undefined;
    for (const connection of connections) {
      const isKnown = isKnownCaller(connection.socket);
      if (!isKnown || !connection.isHandling) found ??= connection;
      if (isKnown) continue;
      found = connection;
      break;
    }
    if (!found) return false;
    remove(found);
    found.socket.destroy();
    replaced += 1;
    return true;
  }

  function add(socket: Socket, address: Address): void {
    const connection = { socket, address, hasRequested: false, isHandling: false, waiting: [] };
    all.set(socket, connection);
    addresses.set(address.name, address);
    address.connections.add(connection);
    socket.once('close', () => remove(connection));
    withoutStackTraces(socket);
  }

  function makeRoom(address: Address): boolean {
    if (address.connections.size >= perAddressMax && !closeOne(address.connections)) return false;
    return all.size < connectionsMax || closeOne(all.values());
  }

  function accept(socket: Socket): void {
    const address = addressOf(socket);
    if (all.size < connectionsMax && address.connections.size < perAddressMax) {
      add(socket, address);
      return;
    }
    if (!mayReplace(address)) {
      refused += 1;
      socket.destroy();
    } else if (makeRoom(address)) {
      add(socket, address);
    } else {
      refused += 1;
      socket.write(rawResponse(unavailable('The server has as many connections as it may; try again')).text);
      socket.destroySoon();
    }
    logFullness();
  }

  function handle(connection: Connection, [request, response]: Exchange): void {
    connection.isHandling = true;
    response.once('close', () => {
      connection.isHandling = false;
      const next = connection.waiting.shift();
      if (next && response.shouldKeepAlive && !connection.socket.destroyed) handle(connection, next);
    });
    const turn = (isKnownCaller(connection.socket) ? takeTurn : takeUnknownTurn)(connection.address.name);
    if (!turn) listener(request, response);
    else void turn.then(() => connection.socket.destroyed || listener(request, response));
  }

  return {
    accept,
    /** Handles the requests of a connection one after another. Closes a connection that sends many without waiting for responses. */
    receive(request: IncomingMessage, response: ServerResponse): void {
      const connection = all.get(request.socket);
      if (!connection) return;
      connection.hasRequested = true;
      if (!connection.isHandling) handle(connection, [request, response]);
      else if (connection.waiting.length < waitingRequestsMax) connection.waiting.push([request, response]);
      else {
        remove(connection);
        connection.socket.destroy();
      }
    },
    /** Closes the connections on which no request has begun. Node counts them as active until their headers time out, so they would hold up a stop. */
    closeSilent(): void {
      for (const { socket, hasRequested } of all.values()) if (!hasRequested) socket.destroy();
    },
    size: () => all.size,
  };
}

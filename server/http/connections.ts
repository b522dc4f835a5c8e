import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { unavailable } from '../common/errors.ts';
import type { Log } from '../common/process-log.ts';
import { rawResponse } from './broken-requests.ts';
import { countedAddress } from './client-address.ts';

export interface ConnectionLimits {
  connectionsMax: number;
  /** 0 sets no limit. */
  connectionsPerAddressMax: number;
  /** Requests of one connection that wait while an earlier one is handled. */
  waitingRequestsMax: number;
}

type Exchange = [request: IncomingMessage, response: ServerResponse];

interface Connection {
  socket: Socket;
  /** The address, or the IPv6 network, under which the connection is counted. */
  address: string;
  hasRequested: boolean;
  isHandling: boolean;
  waiting: Exchange[];
}

const logPauseMs = 10_000;
const knownSockets = new WeakSet<Socket>();

/** Notes that a request with a valid credential came over this connection, which is then preferred to others. */
export const recordKnownCaller = (socket: Socket): void => void knownSockets.add(socket);

/**
 * Limits the connections, in all and for each address, and the requests that each of them handles at once.
 *
 * A new connection beyond a limit replaces the oldest one that has not shown a valid credential, or else the oldest idle one. So neither idle nor
 * unfinished connections keep others out, and callers with credentials stay connected.
 */
export function createConnections(limits: ConnectionLimits, listener: RequestListener, log: Log) {
  const { connectionsMax, waitingRequestsMax } = limits;
  const perAddressMax = limits.connectionsPerAddressMax || Number.POSITIVE_INFINITY;
  // Maps and sets keep the order of insertion: the oldest connection comes first.
  const all = new Map<Socket, Connection>();
  const byAddress = new Map<string, Set<Connection>>();
  let [replaced, refused, nextLogAt] = [0, 0, 0];

  function remove(connection: Connection): void {
    all.delete(connection.socket);
    const same = byAddress.get(connection.address);
    same?.delete(connection);
    if (same?.size === 0) byAddress.delete(connection.address);
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
      const isKnown = knownSockets.has(connection.socket);
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

  function hasRoom(address: string): boolean {
    const same = byAddress.get(address);
    if (same && same.size >= perAddressMax && !closeOne(same)) return false;
    return all.size < connectionsMax || closeOne(all.values());
  }

  function accept(socket: Socket): void {
    const address = countedAddress(socket.remoteAddress ?? '');
    const isFull = all.size >= connectionsMax || (byAddress.get(address)?.size ?? 0) >= perAddressMax;
    if (isFull && !hasRoom(address)) {
      refused += 1;
      socket.write(rawResponse(unavailable('The server has as many connections as it may; try again')).text);
      socket.destroySoon();
    } else {
      const connection = { socket, address, hasRequested: false, isHandling: false, waiting: [] };
      all.set(socket, connection);
      const same = byAddress.get(address);
      if (same) same.add(connection);
      else byAddress.set(address, new Set([connection]));
      socket.once('close', () => remove(connection));
    }
    if (isFull) logFullness();
  }

  function handle(connection: Connection, [request, response]: Exchange): void {
    connection.isHandling = true;
    response.once('close', () => {
      connection.isHandling = false;
      const next = connection.waiting.shift();
      if (next && response.shouldKeepAlive && !connection.socket.destroyed) handle(connection, next);
    });
    listener(request, response);
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

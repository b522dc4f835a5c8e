const minuteMs = 60_000;

/** Limits of connections and bodies that have no setting. Tests replace them with smaller ones. */
export const httpLimits = {
  /** Time for the headers of a request, and for the first bytes on a new connection. */
  headersMs: 10_000,
  /** A connection without any bytes in either direction for this time is closed while a request runs. */
  silentConnectionMs: minuteMs,
  /** Requests of one connection that wait while an earlier one is handled. */
  waitingRequestsMax: 32,
  /** Requests that start in one iteration of the event loop. */
  startsPerIteration: 64,
  /** The same for connections that have not shown a valid credential. */
  unknownStartsPerIteration: 8,
  /** New connections that are accepted in one iteration. */
  acceptsPerIteration: 32,
  /** After work on a large JSON body, none is worked on for this many times its duration. */
  largeBodyPauseFactor: 3,
  largeBodyPauseMsMax: 250,
  /** When there is no room, connections that new ones of the same address may replace at once, and then each second. */
  replacementsAtOnce: 64,
  replacementsPerSecond: 32,

  /** Delay of responses to a caller that is refused too often. */
  slowDownMs: 1_000,

  /** A JSON body may take this time; a longer one must arrive at `bytesPerSecondMin` or faster. */
  bodyMs: 10_000,
  /** The same for an operation that needs no token. */
  bodyWithoutTokenMs: 5_000,
  bytesPerSecondMin: 16_384,
  /** JSON bodies of all running calls that need no token. */
  bodyBytesWithoutTokenMax: 16 * 1024 ** 2,
  /** JSON bodies of all running calls with a token. */
  bodyBytesMax: 64 * 1024 ** 2,
  bodyBytesPerOrganizationMax: 16 * 1024 ** 2,
  bodyBytesPerCallerMax: 8 * 1024 ** 2,

  /** Time between two parts of an upload's bytes. In each period of this time, an upload must arrive at `bytesPerSecondMin` or faster. */
  uploadIdleMs: 30_000,
  uploadMs: 30 * minuteMs,
  /** Uploads that arrive at the same time. Each holds file descriptors. */
  uploadsMax: 64,
  uploadsPerOrganizationMax: 16,
  uploadsPerCallerMax: 8,
  /** Downloads of files at the same time. Each holds a file descriptor. */
  downloadsMax: 64,
  downloadsPerOrganizationMax: 16,
  downloadsPerCallerMax: 8,

  /** The part of a body that is read and discarded after a response that did not need it. */
  unreadBytesMax: 256 * 1024,
  unreadMs: 2_000,
  /** Bodies that are discarded at the same time. A further one replaces the oldest. */
  unreadBodiesMax: 64,
  /**
   * A client may take this time to receive a response, plus the time at `bytesPerSecondMin`. A download must be received at this rate in each period of
   * this time.
   */
  responseMs: 30_000,
};
export type HttpLimits = typeof httpLimits;

import { readFileSync } from 'node:fs';

/** Descriptors for the database, uploads, downloads and log files. */
const reserved = 256;

/** Returns the number of file descriptors that this process may open; undefined on systems without `/proc`. */
function descriptorsMax(): number | undefined {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? undefined : Number(limit);
  } catch {
    return undefined;
  }
}

/**
 * Returns the number of connections that the process may hold: at most `wanted`, and so few that descriptors remain for the database and for files.
 *
 * A process without free descriptors cannot accept connections, open files or connect to the database.
 */
export function connectionsAllowed(wanted: number, descriptors: number | undefined = descriptorsMax()): number {
  if (descriptors === undefined) return wanted;
  return Math.min(wanted, Math.max(descriptors - reserved, Math.floor(descriptors / 2)));
}

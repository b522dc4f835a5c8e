import { isIPv4, isIPv6 } from 'node:net';

/** Returns the /64 network: a host with one IPv6 address usually has all 2^64 addresses of its network. */
const network = (groups: string[]) => `${groups.slice(0, 4).join(':')}::/64`;

/** How a server that listens on all addresses sees an IPv4 address. */
const mappedPrefix = '::ffff:';

function groupsOf(address: string): string[] {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = '', after] = written.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  if (after === undefined) return [...before];
  return [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
}

/** Returns the key under which an address is counted: an IPv4 address, also one inside IPv6, or an IPv6 network. Other texts share one key. */
export function countedAddress(address: string): string {
  if (isIPv4(address)) return address;
  if (address.startsWith(mappedPrefix) && isIPv4(address.slice(mappedPrefix.length))) return address.slice(mappedPrefix.length);
  // Some proxies append the port.
  const plain = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const groups = groupsOf(plain.split('%')[0] as string);
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return network(groups);
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

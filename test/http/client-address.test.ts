import { expect, it } from 'vitest';
import { countedAddress } from '../../server/http/client-address.ts';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:50123', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:50123', '203.0.113.7'],
])('%s is counted as the IPv4 address %s', (address, counted) => {
  expect(countedAddress(address)).toBe(counted);
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as the IPv6 network %s', (address, counted) => {
  expect(countedAddress(address)).toBe(counted);
});

it.each(['', 'unknown', 'localhost', '203.0.113', '203.0.113.7, 203.0.113.8', '[::1', 'x'.repeat(10_000)])(
  'everything that is not an address is counted together: %s',
  (address) => {
    expect(countedAddress(address)).toBe('unknown');
  },
);

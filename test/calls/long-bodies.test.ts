import { expect, it } from 'vitest';
import { examinedMax, logRowOf } from '../../server/calls/api-log-row.ts';
import { unpackText } from '../../server/calls/compressed-text.ts';
import { createRedaction } from '../../server/common/redaction/redaction.ts';

const actor = { organizationId: 'o', tokenId: 't', tokenName: 'Nightly', kind: 'API Token' as const };
const call = { correlationId: 'c', time: new Date(0), method: 'GET', path: '/', query: '', address: '::1', durationMs: 1, status: 200 };

it('of a long body, only the beginning is examined, as JSON; what the log stores of it has no secret', () => {
  const user = { key: 'ann', attributes: { password: { first: 'swordfish' }, note: 'x'.repeat(60_000) } };
  const text = JSON.stringify({ data: Array.from({ length: 100 }, () => user), total_count: 100 });
  const examined: string[] = [];
  const redaction = createRedaction();
  const watched = {
    ...redaction,
    json: (json: string) => {
      examined.push(json);
      return redaction.json(json);
    },
  };
  const row = logRowOf({ ...call, responseText: text }, { loggedOperationId: 'listUsers', actor, bodyText: text }, watched);
  expect(examined).toHaveLength(2);
  for (const json of examined) {
    expect(json.length).toBeLessThan(examinedMax + 100);
    expect(JSON.parse(json).data[0]).toEqual(user);
  }
  expect([row.request_is_cut, row.response_is_cut]).toEqual([true, true]);
  const stored = unpackText(row.response_body as Buffer);
  expect([
    stored.length,
    stored.startsWith('{"data":[{"key":"ann","attributes":{"password":"[redacted]"'),
    stored.includes('swordfish'),
  ]).toEqual([65_536, true, false]);
});

it('a body whose beginning becomes short by redaction is marked as cut', () => {
  const text = JSON.stringify({ password: 'x'.repeat(300_000), name: 'Ann' });
  const row = logRowOf({ ...call, responseText: text }, { loggedOperationId: 'x', actor }, createRedaction());
  expect([unpackText(row.response_body as Buffer), row.response_is_cut]).toEqual(['{"password":"[redacted]"}', true]);
});

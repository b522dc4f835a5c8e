import { expect, it } from 'vitest';
import { planRequests, runConformance } from '../../conformance/index.ts';
import { administratorSecret, startProcess } from '../support/process.ts';

it('finds nothing against the sandbox, in 2,000 generated requests', { timeout: 180_000 }, async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  const report = await runConformance({ url: sandbox.url, token: administratorSecret, seed: 2026, requests: 2000 });
  expect(report.failures).toEqual([]);
  sandbox.signal('SIGTERM');
  expect(await sandbox.ended).toBe(0);
});

it('every operation is asked in every way that it can be', async () => {
  const cases = await planRequests({ seed: 1, requests: 500 });
  const kinds = Map.groupBy(cases, ({ subject }) => subject);
  expect(kinds.size).toBeGreaterThan(60);
  for (const [subject, own] of kinds) {
    const operation = own[0]?.operation;
    if (!operation) continue;
    const asked = new Set(own.map(({ kind }) => kind));
    const wanted = [
      'example',
      'query',
      ...(operation.isSecured ? ['authentication'] : []),
      ...(operation.body ? ['negative', 'generated'] : []),
    ];
    expect([subject, wanted.filter((kind) => !asked.has(kind as never))]).toEqual([subject, []]);
  }
});

it('the same seed plans the same requests, and as many as asked for', async () => {
  const [first, again, other] = await Promise.all(
    [{ seed: 5 }, { seed: 5 }, { seed: 6 }].map((options) => planRequests({ ...options, requests: 200 })),
  );
  const texts = (cases = first) => cases?.map(({ title, request }) => `${title} ${JSON.stringify(request)}`);
  expect(texts(again)).toEqual(texts(first));
  expect(texts(other)).not.toEqual(texts(first));
  const none = await planRequests({ seed: 5, requests: 0 });
  expect((first?.length ?? 0) - none.length).toBe(200);
});

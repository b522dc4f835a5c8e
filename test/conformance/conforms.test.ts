import { expect, it } from 'vitest';
import { planRequests, runConformance } from '../../conformance/index.ts';
import { administratorSecret, startProcess } from '../support/process.ts';

it('reports no failure for the sandbox, in 2,000 generated requests', { timeout: 180_000 }, async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  const report = await runConformance({ url: sandbox.url, token: administratorSecret, seed: 2026, requests: 2000 });
  expect(report.failures).toEqual([]);
  sandbox.signal('SIGTERM');
  expect(await sandbox.ended).toBe(0);
});

it('plans every applicable kind of request for every operation', async () => {
  const cases = await planRequests({ seed: 1, requests: 500 });
  const casesBySubject = Map.groupBy(cases, ({ subject }) => subject);
  expect(casesBySubject.size).toBeGreaterThan(60);
  for (const [subject, subjectCases] of casesBySubject) {
    const operation = subjectCases[0]?.operation;
    if (!operation) continue;
    const plannedKinds = new Set(subjectCases.map(({ kind }) => kind));
    const expectedKinds = [
      'example',
      'query',
      ...(operation.isSecured ? ['authentication'] : []),
      ...(operation.body ? ['negative', 'generated'] : []),
    ];
    expect([subject, expectedKinds.filter((kind) => !plannedKinds.has(kind as never))]).toEqual([subject, []]);
  }
});

it('plans the same requests for the same seed, and the requested number of generated ones', async () => {
  const [first, repeated, otherSeed] = await Promise.all(
    [{ seed: 5 }, { seed: 5 }, { seed: 6 }].map((options) => planRequests({ ...options, requests: 200 })),
  );
  const texts = (cases = first) => cases?.map(({ title, request }) => `${title} ${JSON.stringify(request)}`);
  expect(texts(repeated)).toEqual(texts(first));
  expect(texts(otherSeed)).not.toEqual(texts(first));
  const none = await planRequests({ seed: 5, requests: 0 });
  expect((first?.length ?? 0) - none.length).toBe(200);
});

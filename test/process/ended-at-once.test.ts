import { expect, it } from 'vitest';
import { createToken, deleteToken, getCurrentToken, revokeAllTokens, rotateToken, updateToken } from '../../generated/sdk.gen.ts';
import { useTwoProcesses } from '../support/two-processes.ts';

const servers = useTwoProcesses();

interface CreatedToken {
  id: string;
  secret: string;
}
const endings: Record<string, (created: CreatedToken) => Promise<{ response?: Response | undefined }>> = {
  deleted: ({ id }) => deleteToken({ client: servers.first.client(), path: { id } }),
  disabled: ({ id }) => updateToken({ client: servers.first.client(), path: { id }, body: { isDisabled: true } }),
  'rotated with no grace': ({ id }) => rotateToken({ client: servers.first.client(), path: { id }, body: { gracePeriodHours: 0 } }),
  'revoked with all others': () =>
    revokeAllTokens({ client: servers.first.client(), body: { isDryRun: false, confirmation: 'REVOKE ALL', keepsCaller: true } }),
};
const rounds = 5;

/** Calls the second process continuously with the secret, from four loops. `late` counts calls that began after the token ended and were accepted. */
function useUntilRefused(secret: string) {
  const seen = { calls: 0, late: 0, isEnded: false };
  const client = servers.second.client(secret);
  const loops = Array.from({ length: 4 }, async () => {
    for (;;) {
      const beganAfter = seen.isEnded;
      const { response } = await getCurrentToken({ client });
      seen.calls++;
      if (beganAfter && response?.status !== 401) seen.late++;
      if (beganAfter) return;
    }
  });
  return { seen, done: Promise.all(loops) };
}

it.each(Object.keys(endings))(
  '401: the next request with a token is refused when it is %s through another process, even while it is in constant use',
  async (how) => {
    let calls = 0;
    for (let round = 0; round < rounds; round++) {
      const { data } = await createToken({ client: servers.first.client(), body: { name: `${how} ${round}` } });
      const { seen, done } = useUntilRefused(data?.secret as string);
      while (seen.calls < 20) await getCurrentToken({ client: servers.second.client() });
      const { response } = await (endings[how] as (typeof endings)[string])(data as CreatedToken);
      seen.isEnded = true;
      await done;
      calls += seen.calls;
      expect([response?.ok, seen.late]).toEqual([true, 0]);
    }
    process.stdout.write(`token ${how}, ${rounds} times, during ${calls} calls to another process: 0 accepted afterwards\n`);
  },
);

it('401: a token that creates tokens while it is revoked through another process leaves no valid token', async () => {
  for (let round = 0; round < rounds; round++) {
    const { data } = await createToken({ client: servers.first.client(), body: { name: `thief ${round}`, accessLevel: 'Administrator' } });
    const thief = servers.second.client(data?.secret as string);
    const stolen: string[] = [];
    const steal = async () => {
      for (;;) {
        const { data: created, response } = await createToken({ client: thief, body: { name: 'stolen', accessLevel: 'Administrator' } });
        if (response?.status === 401) return;
        if (created) stolen.push(created.secret);
      }
    };
    const thieves = Promise.all([steal(), steal(), steal(), steal()]);
    while (stolen.length < 10) await getCurrentToken({ client: servers.second.client() });
    await revokeAllTokens({ client: servers.first.client(), body: { isDryRun: false, confirmation: 'REVOKE ALL' } });
    await thieves;
    const statuses = await Promise.all(
      stolen.map(async (secret) => (await getCurrentToken({ client: servers.second.client(secret) })).response?.status),
    );
    expect([...new Set(statuses)]).toEqual([401]);
  }
});

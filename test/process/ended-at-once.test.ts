import { expect, it } from 'vitest';
import { createToken, deleteToken, getCurrentToken, revokeAllTokens, rotateToken, updateToken } from '../../generated/sdk.gen.ts';
import { useTwoProcesses } from '../support/two-processes.ts';

const servers = useTwoProcesses();

interface Made {
  id: string;
  secret: string;
}
const ends: Record<string, (made: Made) => Promise<{ response?: Response | undefined }>> = {
  deleted: ({ id }) => deleteToken({ client: servers.one.client(), path: { id } }),
  disabled: ({ id }) => updateToken({ client: servers.one.client(), path: { id }, body: { isDisabled: true } }),
  'rotated with no grace': ({ id }) => rotateToken({ client: servers.one.client(), path: { id }, body: { gracePeriodHours: 0 } }),
  'revoked with all others': () =>
    revokeAllTokens({ client: servers.one.client(), body: { isDryRun: false, confirmation: 'REVOKE ALL', keepsCaller: true } }),
};
const rounds = 5;

/** The secret in use on the second process, without a pause, by several callers; it notes each call that began after the end and was let in. */
function useUntilRefused(secret: string) {
  const seen = { calls: 0, late: 0, isEnded: false };
  const client = servers.two.client(secret);
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

it.each(Object.keys(ends))(
  '401: a token that is %s through one process is refused by the next request to another, in full use',
  async (how) => {
    let calls = 0;
    for (let round = 0; round < rounds; round++) {
      const { data } = await createToken({ client: servers.one.client(), body: { name: `${how} ${round}` } });
      const { seen, done } = useUntilRefused(data?.secret as string);
      while (seen.calls < 20) await getCurrentToken({ client: servers.two.client() });
      const { response } = await (ends[how] as (typeof ends)[string])(data as Made);
      seen.isEnded = true;
      await done;
      calls += seen.calls;
      expect([response?.ok, seen.late]).toEqual([true, 0]);
    }
    process.stdout.write(`a token that is ${how}, ${rounds} times in ${calls} calls to another process: let in after that 0\n`);
  },
);

it('401: whoever is revoked while it makes and rotates tokens on another process leaves no secret behind that works', async () => {
  for (let round = 0; round < rounds; round++) {
    const { data } = await createToken({ client: servers.one.client(), body: { name: `thief ${round}`, accessLevel: 'Administrator' } });
    const thief = servers.two.client(data?.secret as string);
    const stolen: string[] = [];
    const steal = async () => {
      for (;;) {
        const { data: made, response } = await createToken({ client: thief, body: { name: 'stolen', accessLevel: 'Administrator' } });
        if (response?.status === 401) return;
        if (made) stolen.push(made.secret);
      }
    };
    const thieves = Promise.all([steal(), steal(), steal(), steal()]);
    while (stolen.length < 10) await getCurrentToken({ client: servers.two.client() });
    await revokeAllTokens({ client: servers.one.client(), body: { isDryRun: false, confirmation: 'REVOKE ALL' } });
    await thieves;
    const statuses = await Promise.all(
      stolen.map(async (secret) => (await getCurrentToken({ client: servers.two.client(secret) })).response?.status),
    );
    expect([...new Set(statuses)]).toEqual([401]);
  }
});

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

const groupId = 'c5d6e7f8-0000-4000-8000-000000000001';
type Call = (method: string, path: string, body?: unknown) => Promise<{ id: string } & Record<string, unknown>>;

function* lines(rows: number) {
  yield 'Login,Full Name,E-Mail\r\n';
  for (let row = 0; row < rows; row += 1000) {
    let text = '';
    for (let index = row; index < Math.min(row + 1000, rows); index++)
      text += `user${String(index).padStart(7, '0')},"Name, Number ${index}",user${index}@example.com\r\n`;
    yield text;
  }
}

/** Writes a users file with three columns. */
export const writeUsersFile = (path: string, rows: number): Promise<void> => pipeline(Readable.from(lines(rows)), createWriteStream(path));

/** Creates an application that imports `users.csv` from the shared directory. Returns its id. */
export const createApplication = async (call: Call, name = 'Bench'): Promise<string> =>
  (
    await call('POST', '/api/applications', {
      name,
      connector: {
        name: 'Users',
        fileGroups: [{ id: groupId, name: 'Users', rows: 'users', columns: { key: 'Login', name: 'Full Name', emailAddress: 'E-Mail' } }],
      },
      importSchedule: { files: [{ fileGroupId: groupId, path: 'users.csv' }] },
    })
  ).id;

/** Imports the file. Returns the duration of the build in seconds, without the time it was pending. Throws if a row was not counted as `expected`. */
export async function importUsers(call: Call, applicationId: string, rows: number, expected: 'added' | 'unchanged'): Promise<number> {
  const { id } = await call('POST', '/api/application-imports/stage', { applicationId });
  for (;;) {
    const found = await call('GET', `/api/application-imports/${id}`);
    if (found.buildEnd === null) {
      await wait(50);
      continue;
    }
    const { users } = (found.metrics ?? {}) as { users?: Record<string, number> };
    if (users?.[expected] !== rows) throw new Error(`The import has unexpected results: ${found.log}`);
    return (new Date(found.buildEnd as string).getTime() - new Date(found.buildStart as string).getTime()) / 1000;
  }
}

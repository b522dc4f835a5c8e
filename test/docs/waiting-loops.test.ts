import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = ['.', 'docs', 'docs/guides', 'client', 'mocks', 'examples'].flatMap((folder) =>
  readdirSync(folder, { recursive: folder === 'examples', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`),
);
const loop = /^(?:for|while|until)\b[\s\S]*?\bdone\b.*$/gm;
const loops = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, script]) =>
    [...(script as string).matchAll(loop)].map(([text]) => ({ file, text })),
  ),
);

/** Bodies of `curl`, which prints a response or fails. */
const responses: Record<string, string> = {
  'the server refuses the token': `echo '{"error":"unauthorized","message":"The token is unknown"}'`,
  'there is no such item': `echo '{"error":"not_found","message":"There is no such application"}'`,
  'the server does not respond': 'return 7',
  'the import never ends': `echo '{"lastImport":{"status":"Pending"},"status":"Pending"}'`,
};

it('the documents have loops that wait', () => {
  expect(loops.map(({ file }) => file)).toEqual(expect.arrayContaining(['./README.md', 'docs/guides/imports.md']));
});

it.each(loops.flatMap(({ file, text }) => Object.keys(responses).map((situation) => ({ file, situation, text }))))(
  '$file: a loop that waits ends if $situation',
  ({ text, situation }) => {
    const commands = `curl() { ${responses[situation]}; }\nsleep() { :; }\n${text}\n`;
    execFileSync('bash', ['-c', commands], { timeout: 20_000, stdio: 'ignore' });
  },
);

import { execFileSync, spawnSync } from 'node:child_process';

export interface ExecutedBlock {
  script: string;
  /** The expected status of the one call of this block that fails; undefined if all calls succeed. */
  refusal: number | undefined;
}

const executed = /<!-- executed: sandbox(?:, (\d{3}))? -->\n```sh\n([\s\S]*?)```/g;

const hasJq = (() => spawnSync('jq', ['--version']).status === 0)();

/** Removes `| jq` from a script if the machine does not have `jq`. */
export const withoutJq = (script: string): string => (hasJq ? script : script.replace(/ \| jq\b[^\n]*$/gm, ''));

/**
 * Lists the blocks of a Markdown text that are marked `<!-- executed: sandbox -->`, in their order.
 *
 * `<!-- executed: sandbox, 403 -->` marks a block in which one call is refused with that status.
 */
export const executedBlocksOf = (markdown: string): ExecutedBlock[] =>
  [...markdown.matchAll(executed)].map(([, status, script]) => ({
    script: withoutJq(script as string),
    refusal: status === undefined ? undefined : Number(status),
  }));

/** Replaces `curl` in a script: writes the status of each call to standard error, and a line end after each response. */
const curl = 'curl() { command curl -w "%{stderr}status %{http_code}\\n" "$@" && echo; }';
const blockMark = 'block';

/**
 * Runs blocks one after another in one shell, as a reader does, against the server at `url`.
 *
 * Returns the statuses of the calls of each block. Throws if a command fails.
 */
export function runBlocks(blocks: ExecutedBlock[], url: string): number[][] {
  const scripts = blocks.map(({ script }) => `echo ${blockMark} >&2\n${script.replaceAll('http://127.0.0.1:8080', url)}`);
  const { status, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', [curl, ...scripts].join('\n')], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`A command failed with status ${status}:\n${stderr}`);
  return stderr
    .split(`${blockMark}\n`)
    .slice(1)
    .map((lines) => [...lines.matchAll(/^status (\d{3})$/gm)].map(([, code]) => Number(code)));
}

/** Checks the syntax of a script without running it. Throws if a shell cannot parse it. */
export const checkScript = (script: string): void =>
  void execFileSync('bash', ['-n'], { input: script, stdio: ['pipe', 'ignore', 'pipe'] });

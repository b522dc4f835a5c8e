import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';

/** A page of `docs/guides`, as HTML. */
interface Guide {
  name: string;
  title: string;
  html: string;
}

const folder = fileURLToPath(new URL('../../docs/guides', import.meta.url));
const style = `
body { margin: 0 auto; max-width: 46rem; padding: 1rem 1.25rem 4rem; font: 16px/1.6 system-ui, sans-serif; color: #1f2328; background: #fff }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; border-bottom: 1px solid #d1d9e0; padding-bottom: .75rem }
a { color: #0550ae } h1, h2, h3 { line-height: 1.25; margin-top: 2rem }
code { font: .875em ui-monospace, monospace; background: #f3f4f6; padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere }
pre { background: #f3f4f6; padding: .75rem 1rem; border-radius: 6px; overflow-x: auto } pre code { padding: 0; background: none }
table { border-collapse: collapse; display: block; overflow-x: auto } th, td { border: 1px solid #d1d9e0; padding: .3rem .6rem; text-align: left; vertical-align: top }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } a { color: #79b8ff } code, pre { background: #161b22 } th, td, nav { border-color: #30363d } }
`;

const indexGuide = 'index';
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
/** Returns the anchor of a heading as GitHub makes it, so that links work in both places. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Turns a link between files of the folder into one between served pages. Returns undefined for a file that is not served. */
function servedLink(href: string): string | undefined {
  if (/^(https?:|#|\/)/.test(href)) return href;
  const [, name, anchor = ''] = /^(?:\.\/)?([a-z-]+)\.md(#.*)?$/.exec(href) ?? [];
  if (name === undefined) return undefined;
  return name === indexGuide ? `/docs/guides${anchor}` : `/docs/guides/${name}${anchor}`;
}

const markdown = new Marked({
  renderer: {
    html: () => '',
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${escapeHtml(anchorOf(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      const target = servedLink(href);
      return target === undefined ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
    },
  },
});

const pageOf = ({ title, html }: Guide, guides: Guide[]) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Gatehouse</title>
<style>${style}</style>
</head>
<body>
<nav>${guides.map((guide) => `<a href="${servedLink(`${guide.name}.md`)}">${escapeHtml(guide.title)}</a>`).join('')}<a href="/docs">API reference</a></nav>
<main>
${html}</main>
</body>
</html>
`;

/** An installation without the folder has no guides. */
const namesIn = (path: string): Promise<string[]> =>
  readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

async function readGuide(file: string): Promise<Guide> {
  const text = await readFile(join(folder, file), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? basename(file, '.md');
  return { name: basename(file, '.md'), title, html: await markdown.parse(text) };
}

/** Reads `docs/guides` and returns each page as a complete HTML document, by name. The page `index` comes first in the navigation. */
export async function readGuides(): Promise<Map<string, string>> {
  const files = (await namesIn(folder)).filter((name) => name.endsWith('.md'));
  const guides = await Promise.all(files.map(readGuide));
  guides.sort((one, other) => Number(other.name === indexGuide) - Number(one.name === indexGuide) || one.title.localeCompare(other.title));
  return new Map(guides.map((guide) => [guide.name, pageOf(guide, guides)]));
}

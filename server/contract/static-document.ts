import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { StaticDocument } from '../handler.ts';

const codings = ['br', 'gzip', 'identity'] as const;
type Coding = (typeof codings)[number];

/** Not the best quality: it would take 20 times as long to save a tenth. */
const brotliQuality = 9;
const compress = {
  br: (text: Buffer) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: (text: Buffer) => promisify(gzip)(text, { level: 9 }),
  identity: async (text: Buffer) => text,
};

/** Chooses the content coding by `Accept-Encoding` (RFC 9110, section 12.5.3). Of equal ones, chooses the smallest. */
export function chooseCoding(acceptEncoding: string | string[] | undefined): Coding {
  const weights = new Map<string, number>();
  for (const part of String(acceptEncoding ?? '').split(',')) {
    const [, name, weight = '1'] = /^\s*([\w*-]+)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(part) ?? [];
    if (name !== undefined) weights.set(name.toLowerCase(), Number(weight));
  }
  const weightOf = (coding: Coding) => weights.get(coding) ?? (coding === 'identity' ? 0.0001 : (weights.get('*') ?? 0));
  const [best] = codings.filter((coding) => weightOf(coding) > 0).toSorted((left, right) => weightOf(right) - weightOf(left));
  return best ?? 'identity';
}

/** Tells whether `If-None-Match` names the entity tag. */
const hasTag = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

/**
 * Creates the replies of a document that does not change while the server runs.
 *
 * The document is read at its first request. It is compressed once for each content coding, at the first request that asks for it, outside the
 * event loop. Each content coding has an entity tag of its own.
 */
export function createStaticDocument(
  read: () => Promise<string | Buffer>,
  { cacheControl = 'public, no-cache', ...headers }: { cacheControl?: string } & Record<string, string>,
): StaticDocument {
  let reading: Promise<{ text: Buffer; tag: string }> | undefined;
  const coded = new Map<Coding, Promise<Buffer>>();
  const load = async () => {
    const text = Buffer.from(await read());
    return { text, tag: hash('sha256', text, 'base64url').slice(0, 22) };
  };
  /** Repeats work that failed at the next request. */
  const once = <Result>(work: Promise<Result>, forget: () => void): Promise<Result> => {
    work.catch(forget);
    return work;
  };

  return async (requestHeaders) => {
    reading ??= once(load(), () => {
      reading = undefined;
    });
    const { text, tag } = await reading;
    const coding = chooseCoding(requestHeaders['accept-encoding']);
    const etag = coding === 'identity' ? `"${tag}"` : `"${tag}-${coding}"`;
    const common = { ...headers, 'Cache-Control': cacheControl, ETag: etag, Vary: 'Accept-Encoding' };
    if (hasTag(requestHeaders['if-none-match'], etag)) return { status: 304, body: undefined, headers: common };
    if (!coded.has(coding))
      coded.set(
        coding,
        once(compress[coding](text), () => coded.delete(coding)),
      );
    const body = (await coded.get(coding)) as Buffer;
    return { status: 200, body, headers: coding === 'identity' ? common : { ...common, 'Content-Encoding': coding } };
  };
}

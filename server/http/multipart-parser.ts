import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { invalid } from '../common/errors.ts';

export const multipartLimits = { fields: 10, fieldSize: 10_000, files: 20, parts: 30, headerPairs: 50, headerSize: 16_384 };
/** RFC 2046 allows at most 70 characters. Visible characters without `"`, `%`, `;` and `\`, which quoting would change. */
const boundaryForm = /;\s*boundary=(?:"([ !#$&-:<-[\]-~]{1,70})"|([!#$&-:<-[\]-~]{1,70}))\s*(?:;|$)/i;

export const notMultipart = (reason: string) => invalid({ field: 'body', message: `Is not multipart/form-data: ${reason}` });

/** Returns the boundary between parts that `Content-Type` names. Throws 400. */
export function boundaryOf(request: IncomingMessage): string {
  const type = request.headers['content-type'];
  if (type === undefined) throw invalid({ field: 'body', message: 'Is required' });
  const [, quoted, plain] = boundaryForm.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw notMultipart('Content-Type must have a boundary of 1 to 70 characters');
  return boundary;
}

export function newMultipartParser(boundary: string): BusboyInstance {
  return new Busboy({
    // Written anew, so that the parser and the counter of boundaries read the same boundary.
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
    limits: multipartLimits,
    isPartAFile: (_name, _type, fileName) => fileName !== undefined,
  });
}

/** Returns the number of parts in the body. The parser skips parts with unreadable headers silently, so this may be more than the number of parsed parts. */
export const partsOf = (parser: BusboyInstance) => (parser as unknown as { _parser: { _nparts: number } })._parser._nparts;

/**
 * Returns a function that counts the parts of a body chunk by chunk and tells whether there are more than `partsMax`.
 *
 * The parser needs microseconds for each part, and only stops at the end of a chunk, which may have 13,000 parts. It also counts the parts itself: a
 * boundary at the start of the body, or split between two chunks, is not counted here.
 */
export function createPartCounter(boundary: string, partsMax: number): (chunk: Buffer) => boolean {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The boundary before the first part and the one that ends the body.
  const delimitersMax = partsMax + 1;
  let count = 0;
  return (chunk) => {
    for (let at = chunk.indexOf(delimiter); at !== -1; at = chunk.indexOf(delimiter, at + delimiter.length))
      if (++count > delimitersMax) return true;
    return false;
  };
}

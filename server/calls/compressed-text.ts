import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

export const bodyBytesMax = 65_536;
/** Below, compressing would take longer than all else that is done for a call. */
const compressedFrom = 8192;
/** How zstd's output begins; no UTF-8 text does, because 0xb5 only ever continues a character. */
const zstdMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const isInsideCharacter = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** The first 64 KB of a text as bytes, compressed where that makes them fewer. */
export function packText(text: string): { bytes: Buffer; isCut: boolean } {
  let bytes = Buffer.from(text);
  const isCut = bytes.length > bodyBytesMax;
  if (isCut) {
    let end = bodyBytesMax;
    while (isInsideCharacter(bytes[end])) end--;
    bytes = bytes.subarray(0, end);
  }
  if (bytes.length < compressedFrom) return { bytes, isCut };
  const compressed = zstdCompressSync(bytes);
  return { bytes: compressed.length < bytes.length ? compressed : bytes, isCut };
}

export function unpackText(bytes: Buffer): string {
  return (bytes.subarray(0, 4).equals(zstdMark) ? zstdDecompressSync(bytes) : bytes).toString();
}

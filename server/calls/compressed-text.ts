import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Maximum bytes of a body that the API log stores. */
export const bodyBytesMax = 65_536;
/** Smaller texts are not compressed, because compression would take longer than all other work for the call. */
const compressedBytesMin = 8192;
/** The first bytes of zstd output. No UTF-8 text starts with them, because 0xb5 occurs only inside a character. */
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const isInsideCharacter = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Returns the first 64 KB of a text as bytes, compressed if that makes them fewer. Never cuts inside a character. */
export function packText(text: string): { bytes: Buffer; isCut: boolean } {
  let bytes = Buffer.from(text);
  const isCut = bytes.length > bodyBytesMax;
  if (isCut) {
    let end = bodyBytesMax;
    while (isInsideCharacter(bytes[end])) end--;
    bytes = bytes.subarray(0, end);
  }
  if (bytes.length < compressedBytesMin) return { bytes, isCut };
  const compressed = zstdCompressSync(bytes);
  return { bytes: compressed.length < bytes.length ? compressed : bytes, isCut };
}

/** Returns the text of bytes that `packText` made. */
export function unpackText(bytes: Buffer): string {
  return (bytes.subarray(0, 4).equals(zstdMagic) ? zstdDecompressSync(bytes) : bytes).toString();
}

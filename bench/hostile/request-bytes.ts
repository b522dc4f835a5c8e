export const exchange = '/api/v2/auth/client_token';
const json = 'Content-Type: application/json';
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Returns names of three letters or digits. After 238,328 of them, they repeat. */
export function shortNames(count: number): string[] {
  const characters = [...letters, ...letters.toUpperCase(), ...'0123456789'];
  const names: string[] = [];
  for (let index = 0; names.length < count; index++)
    names.push([index % 62, Math.floor(index / 62) % 62, Math.floor(index / 3844) % 62].map((digit) => characters[digit]).join(''));
  return names;
}
/** Returns a JSON object with names and values of this many characters. */
export const membersOf = (count: number, nameLength: number, valueLength: number): string =>
  JSON.stringify(
    Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index).padStart(nameLength, 'n'), 'v'.repeat(valueLength)])),
  );
export const headOf = (method: string, path: string, ...headers: string[]): string =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: bench', ...headers].join('\r\n')}\r\n\r\n`;
export const post = (path: string, body: string, ...headers: string[]): Buffer =>
  Buffer.from(headOf('POST', path, json, `Content-Length: ${Buffer.byteLength(body)}`, ...headers) + body);
export const bearer = (secret: string) => `Authorization: Bearer ${secret}`;
export const unfinishedBody = (bytes: number, announced: number): Buffer =>
  Buffer.from(`${headOf('POST', exchange, json, `Content-Length: ${announced}`)}{"content":"${'x'.repeat(bytes)}`);

export function boundaries(secret: string, megabytes: number): Buffer {
  const body = '\r\n--x'.repeat((megabytes * 1024 ** 2) / 5);
  const type = 'Content-Type: multipart/form-data; boundary=x';
  const head = headOf('POST', '/api/application-imports/upload', bearer(secret), type, `Content-Length: ${body.length}`);
  return Buffer.from(head + body);
}

import type { Request } from './case.ts';

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Returns a shell command that repeats the request. It reads the token from the variable `TOKEN`. */
export function toCurl(url: string, { method, path, headers, body, bodyExpression }: Request): string {
  const words = ['curl', '-sS', '-i', '--path-as-is', method === 'HEAD' ? '-I' : `-X ${method}`, quoted(url.replace(/\/$/, '') + path)];
  for (const [name, value] of Object.entries(headers))
    words.push('-H', value.includes('$TOKEN') ? `"${name}: ${value}"`.replace('$TOKEN', '$' + '{TOKEN}') : quoted(`${name}: ${value}`));
  if (body !== undefined && !headers['Content-Type']) words.push('-H', quoted('Content-Type:'));
  if (bodyExpression) return `node -p ${quoted(bodyExpression)} | ${words.join(' ')} --data-binary @-`;
  if (body !== undefined)
    words.push(
      '--data-binary',
      /[\r]/.test(body) ? `$${quoted(body.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n'))}` : quoted(body),
    );
  return words.join(' ');
}

import { addressOf, type Call } from './calls.ts';
import type { CodeSample } from './code-sample.ts';

/** Environment variables of the samples: the access key and its secret. */
const key = 'ACCESS_KEY_ID';
const secret = 'SECRET';

/** Returns whether an operation requires a signature of its body in a header. */
export const isSigned = ({ isOpen, parameters }: Call): boolean => isOpen && parameters.some(({ name }) => name === 'x-hash');

const scopeOf = ({ body }: Call) => (body as { scope: string }).scope;

const shell = (call: Call) => `CONTENT="$(date +%s).$(openssl rand -hex 16)"
HASH=$(printf %s "$CONTENT" | openssl dgst -sha256 -hmac "$${secret}" | sed 's/.* //')
curl -X POST '${addressOf(call)}' \\
  -H "x-key: $${key}" \\
  -H "x-hash: $HASH" \\
  -H 'Content-Type: ${call.mediaType}' \\
  --data-raw "{\\"scope\\": \\"${scopeOf(call)}\\", \\"content\\": \\"$CONTENT\\"}"`;

const powerShell = (call: Call) => `$content = "$([DateTimeOffset]::UtcNow.ToUnixTimeSeconds()).$([guid]::NewGuid().ToString('N'))"
$hmac = [System.Security.Cryptography.HMACSHA256]::new([Text.Encoding]::UTF8.GetBytes($env:${secret}))
$hash = [Convert]::ToBase64String($hmac.ComputeHash([Text.Encoding]::UTF8.GetBytes($content)))
Invoke-RestMethod -Method Post -Uri '${addressOf(call)}' \`
  -Headers @{ 'x-key' = $env:${key}; 'x-hash' = $hash } \`
  -ContentType '${call.mediaType}; charset=utf-8' \`
  -Body (@{ scope = '${scopeOf(call)}'; content = $content } | ConvertTo-Json)`;

const python = (call: Call) => `import hashlib
import hmac
import os
import secrets
import time

import requests

content = f"{int(time.time())}.{secrets.token_hex(16)}"
signature = hmac.new(os.environ["${secret}"].encode(), content.encode(), hashlib.sha256).hexdigest()
response = requests.post(
    "${addressOf(call)}",
    headers={"x-key": os.environ["${key}"], "x-hash": signature},
    json={"scope": "${scopeOf(call)}", "content": content},
    timeout=30,
)
response.raise_for_status()
print(response.json())`;

const typeScript = (call: Call, options: string) => `import { createHmac, randomUUID } from 'node:crypto';
import { createClient } from '@gatehouse/client';

const content = \`\${Math.floor(Date.now() / 1000)}.\${randomUUID()}\`;
const signature = createHmac('sha256', process.env.${secret} ?? '').update(content).digest('hex');

const client = createClient({ ${options} });
console.log(await client.${call.operationId}({
  headers: { 'x-key': process.env.${key} ?? '', 'x-hash': signature },
  body: { scope: '${scopeOf(call)}', content },
}));`;

export const signedSamplesOf = (call: Call, options: string): CodeSample[] => [
  { lang: 'Shell', label: 'curl', source: shell(call) },
  { lang: 'PowerShell', label: 'PowerShell', source: powerShell(call) },
  { lang: 'Python', label: 'Python', source: python(call) },
  { lang: 'TypeScript', label: 'TypeScript', source: typeScript(call, options) },
];

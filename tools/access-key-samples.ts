import type { CodeSample } from './code-sample.ts';
import { type ExampleRequest, urlOfRequest } from './example-requests.ts';

/** Environment variables of the samples: the access key and its secret. */
const key = 'ACCESS_KEY_ID';
const secret = 'SECRET';

/** Returns whether an operation is authenticated by the header `x-hash`, the signature of the body's field `content`. */
export const isSigned = ({ isUnsecured, parameters }: ExampleRequest): boolean =>
  isUnsecured && parameters.some(({ name }) => name === 'x-hash');

const bodyScopeOf = ({ body }: ExampleRequest) => (body as { scope: string }).scope;

const shell = (request: ExampleRequest) => `CONTENT="$(date +%s).$(openssl rand -hex 16)"
HASH=$(printf %s "$CONTENT" | openssl dgst -sha256 -hmac "$${secret}" | sed 's/.* //')
curl -X POST '${urlOfRequest(request)}' \\
  -H "x-key: $${key}" \\
  -H "x-hash: $HASH" \\
  -H 'Content-Type: ${request.mediaType}' \\
  --data-raw "{\\"scope\\": \\"${bodyScopeOf(request)}\\", \\"content\\": \\"$CONTENT\\"}"`;

const powerShell = (
  request: ExampleRequest,
) => `$content = "$([DateTimeOffset]::UtcNow.ToUnixTimeSeconds()).$([guid]::NewGuid().ToString('N'))"
$hmac = [System.Security.Cryptography.HMACSHA256]::new([Text.Encoding]::UTF8.GetBytes($env:${secret}))
$hash = [Convert]::ToBase64String($hmac.ComputeHash([Text.Encoding]::UTF8.GetBytes($content)))
Invoke-RestMethod -Method Post -Uri '${urlOfRequest(request)}' \`
  -Headers @{ 'x-key' = $env:${key}; 'x-hash' = $hash } \`
  -ContentType '${request.mediaType}; charset=utf-8' \`
  -Body (@{ scope = '${bodyScopeOf(request)}'; content = $content } | ConvertTo-Json)`;

const python = (request: ExampleRequest) => `import hashlib
import hmac
import os
import secrets
import time

import requests

content = f"{int(time.time())}.{secrets.token_hex(16)}"
signature = hmac.new(os.environ["${secret}"].encode(), content.encode(), hashlib.sha256).hexdigest()
response = requests.post(
    "${urlOfRequest(request)}",
    headers={"x-key": os.environ["${key}"], "x-hash": signature},
    json={"scope": "${bodyScopeOf(request)}", "content": content},
    timeout=30,
)
response.raise_for_status()
print(response.json())`;

const typeScript = (request: ExampleRequest, options: string) => `import { createHmac, randomUUID } from 'node:crypto';
import { createClient } from '@gatehouse/client';

const content = \`\${Math.floor(Date.now() / 1000)}.\${randomUUID()}\`;
const signature = createHmac('sha256', process.env.${secret} ?? '').update(content).digest('hex');

const client = createClient({ ${options} });
console.log(await client.${request.operationId}({
  headers: { 'x-key': process.env.${key} ?? '', 'x-hash': signature },
  body: { scope: '${bodyScopeOf(request)}', content },
}));`;

export const signedSamplesOf = (request: ExampleRequest, options: string): CodeSample[] => [
  { lang: 'Shell', label: 'curl', source: shell(request) },
  { lang: 'PowerShell', label: 'PowerShell', source: powerShell(request) },
  { lang: 'Python', label: 'Python', source: python(request) },
  { lang: 'TypeScript', label: 'TypeScript', source: typeScript(request, options) },
];

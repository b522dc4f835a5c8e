import type { UserConfig } from '@hey-api/openapi-ts';

export default {
  input: './openapi.yaml',
  output: { path: './generated', module: { extension: '.ts' }, header: ['// Made by `npm run generate` from openapi.yaml. Never edit.'] },
  plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
} satisfies UserConfig;

import type { Config } from './config.ts';

/** Returns the secrets among the settings. No log may contain them, and their form alone does not tell that they are secrets. */
export const knownSecrets = ({ bootstrapToken, secretKey }: Config): string[] =>
  [bootstrapToken, secretKey && Buffer.from(secretKey).toString('base64')].filter((secret) => secret !== undefined);

import { tokenPlaceholder } from './case.ts';
import { jsonOf } from './check-response.ts';
import type { Contract, Operation } from './contract.ts';
import type { Send, ServerResponse } from './send.ts';

/** Thrown if the server refuses the token, so that a run would only test refusals. This is not a result about conformance. */
export class RefusedToken extends Error {}

const currentToken = 'getCurrentToken';

const needsNothing = ({ method, path, isSecured, parameters }: Operation): boolean =>
  method === 'GET' && isSecured && !path.includes('{') && !parameters.some(({ required }) => required);

/** Returns operations that need only a token: the one that tells about it first. */
function operationsForToken({ operations }: Contract): Operation[] {
  const current = operations.filter(({ id }) => id === currentToken);
  const others = operations.filter((operation) => operation.id !== currentToken && needsNothing(operation));
  return [...current, ...others].slice(0, 2);
}

/**
 * Creates a function that uses the token of the run. It returns the response about the token, if there is one, and throws `RefusedToken` if the server
 * refuses the token.
 *
 * Two operations must refuse it, because one of them alone may be defective.
 */
export function createTokenCheck(contract: Contract, send: Send, url: string): () => Promise<ServerResponse | undefined> {
  const operations = operationsForToken(contract);
  return async () => {
    let first: ServerResponse | undefined;
    for (const { method, path } of operations) {
      const response = await send({ method, path, headers: { Authorization: tokenPlaceholder } }).catch(() => undefined);
      first ??= response;
      if (response?.status !== 401) return first;
    }
    if (!first) return undefined;
    throw new RefusedToken(`${url} refuses the token (401); give a valid token of an administrator with --token`);
  };
}

/** Returns the id of the kit's own token, which the kit must not change or delete. Empty if the server does not tell it. */
export function ownTokenIds({ operations }: Contract, response: ServerResponse | undefined): Set<string> {
  if (!operations.some(({ id }) => id === currentToken)) return new Set();
  const { id } = ((response && jsonOf(response)) ?? {}) as { id?: unknown };
  return new Set(typeof id === 'string' ? [id] : []);
}

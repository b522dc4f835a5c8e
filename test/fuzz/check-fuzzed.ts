import type { Case } from '../../conformance/case.ts';
import { checkResponse } from '../../conformance/check-response.ts';
import type { Contract, Operation } from '../../conformance/contract.ts';
import type { ServerResponse } from '../../conformance/send.ts';
import { readContract as readServedContract } from '../../server/contract/contract.ts';
import { ContractRouter } from '../../server/contract/contract-router.ts';
import type { FuzzRequest } from './fuzz-requests.ts';

/** Statuses of a request that belongs to no operation. */
const statusesWithoutOperation = [204, 400, 404, 405, 408, 413, 431];

export const describeRequest = ({ method, path, headers, body }: FuzzRequest) =>
  [method, path.slice(0, 300), JSON.stringify(headers).slice(0, 400), body && `${body.length} bytes: ${body.toString().slice(0, 300)}`]
    .filter(Boolean)
    .join(' ');

/** Returns a function that finds the operation of a request as the server does: a changed path may belong to another operation. */
async function createOperationFinder(contract: Contract) {
  const router = new ContractRouter((await readServedContract()).definition);
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  return ({ method, path }: FuzzRequest): Operation | undefined => {
    try {
      const found = router.matchPath(path.split('?')[0] as string)?.operations.get(method === 'HEAD' ? 'get' : method.toLowerCase());
      return byId.get(found?.operationId ?? '');
    } catch {
      return undefined;
    }
  };
}

/**
 * Returns a function that compares a response with the contract. It returns the operation of the request, and a line for each violation: a status from
 * 500, a status that the operation does not declare, or headers or a body that the contract does not describe.
 */
export async function createCheck(contract: Contract) {
  const findOperation = await createOperationFinder(contract);
  return (request: FuzzRequest, response: ServerResponse): { operationId: string | undefined; faults: string[] } => {
    const operation = findOperation(request);
    const statuses = operation ? Object.keys(operation.responses).map(Number) : statusesWithoutOperation;
    const { method, path, headers } = request;
    const checked: Case = {
      subject: operation?.id ?? path,
      operation,
      kind: 'generated',
      title: '',
      request: { method, path, headers },
      expect: { statuses: statuses.filter((status) => status < 500) },
    };
    const faults = checkResponse(contract, checked, response).map(
      ({ check, expected, got }) => `${check}: expected ${expected}, got ${got}\n    for ${describeRequest(request)}`,
    );
    return { operationId: operation?.id, faults };
  };
}

import { invalid, methodNotAllowed, noSuchPath } from '../common/errors.ts';
import type { ContractOperation, ContractRouter } from '../contract/contract-router.ts';
import { type ReceivedCall, StoppedCall } from './call.ts';

export interface MatchedCall extends ReceivedCall {
  contractOperation: ContractOperation;
  operationId: string;
  /** For the API log; undefined for an operation that it leaves out. */
  loggedOperationId?: string;
  params: Record<string, string>;
}

/** The API log leaves out the operations about the process, such as health checks. */
const isLogged = ({ tags = [] }: ContractOperation) => !tags.includes('System');

/** Finds the operation of a path and method. Throws 400 for a path that cannot be decoded, 404 and 405. */
export function createMatch(router: ContractRouter) {
  return (call: ReceivedCall): Omit<MatchedCall, keyof ReceivedCall> => {
    const { path, method } = call;
    let found: ReturnType<ContractRouter['matchPath']>;
    try {
      found = router.matchPath(path);
    } catch {
      throw invalid({ field: 'path', message: 'Is not percent-encoded UTF-8; write a literal % as %25' });
    }
    if (!found) throw noSuchPath();
    const contractOperation = found.operations.get(method === 'HEAD' ? 'get' : method.toLowerCase());
    if (contractOperation) {
      const operationId = contractOperation.operationId as string;
      return {
        contractOperation,
        operationId,
        params: found.params,
        ...(isLogged(contractOperation) && { loggedOperationId: operationId }),
      };
    }
    const allow = [...found.operations.keys()].map((name) => name.toUpperCase());
    const error = methodNotAllowed(method, allow.includes('GET') ? [...allow, 'HEAD'] : allow);
    // The API log also records a wrong method, without an operation.
    throw [...found.operations.values()].every(isLogged) ? new StoppedCall({ ...call, loggedOperationId: null }, error) : error;
  };
}

/** Node's own refusal of a missing `Host` would not be in the common error format. */
export function requireHost({ request }: MatchedCall): undefined {
  if (request.httpVersion === '1.1' && !request.headers.host) throw invalid({ field: 'Host', message: 'Is required' });
}

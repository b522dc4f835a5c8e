import { createLog } from '../../server/common/process-log.ts';
import { readContract } from '../../server/contract/contract.ts';
import { handlers } from '../../server/handlers.ts';
import { readConfig } from '../../server/process/config.ts';
import { startServer } from '../../server/process/start-server.ts';

// Starts Gatehouse with a contract of a given number of operations: without some operations, or with copies of operations under other paths.

const count = Number(process.argv[2]);
const contract = await readContract();
const { definition } = contract;
interface Operation {
  operationId: string;
}
interface Endpoint {
  path: string;
  method: string;
  operation: Operation;
  /** The parameters that all operations of the path share. */
  parameters: unknown;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'];
const allEndpoints: Endpoint[] = Object.entries(definition.paths ?? {}).flatMap(([path, item]) => {
  const { parameters = [], ...operations } = item as unknown as Record<string, Operation> & { parameters?: unknown };
  return methods.flatMap((method) => (operations[method] ? [{ path, method, operation: operations[method], parameters }] : []));
});
// The operation that the benchmark calls comes ordered, so that the smallest contract contains it.
const isMeasured = ({ operation }: Endpoint) => operation.operationId === 'getApplicationImport';
const ordered = [...allEndpoints.filter(isMeasured), ...allEndpoints.filter((endpoint) => !isMeasured(endpoint))];

const paths: Record<string, Record<string, unknown>> = {};
const operationHandlers: Record<string, unknown> = {};
for (let index = 0; index < count; index++) {
  const copy = Math.floor(index / ordered.length);
  const { path, method, operation, parameters } = ordered[index % ordered.length] as Endpoint;
  const operationId = copy === 0 ? operation.operationId : `${operation.operationId}Copy${copy}`;
  const newPath = copy === 0 ? path : `/copy${copy}${path}`;
  paths[newPath] = { parameters, ...paths[newPath], [method]: { ...operation, operationId } };
  operationHandlers[operationId] = (handlers as Record<string, unknown>)[operation.operationId];
}

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const served = {
  contract: { ...contract, definition: { ...definition, paths } as typeof definition },
  handlers: operationHandlers as typeof handlers,
};
const running = await startServer(config, log, async () => {}, { served, compilesAhead: true });
log.info({ url: running.url }, 'listening');
process.once('SIGTERM', () => running.stop());

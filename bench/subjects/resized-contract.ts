import { createLog } from '../../server/common/process-log.ts';
import { readContract } from '../../server/contract/contract.ts';
import { handlers } from '../../server/handlers.ts';
import { readConfig } from '../../server/process/config.ts';
import { startServer } from '../../server/process/start-server.ts';

/** Our server with a contract of as many operations as its argument says: ours without some, or with copies of some under other paths. */
const count = Number(process.argv[2]);
const contract = await readContract();
const { definition } = contract;
interface Operation {
  operationId: string;
}
interface Place {
  path: string;
  method: string;
  operation: Operation;
  /** What a path says for all its operations. */
  parameters: unknown;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'];
const ours: Place[] = Object.entries(definition.paths ?? {}).flatMap(([path, item]) => {
  const { parameters = [], ...operations } = item as unknown as Record<string, Operation> & { parameters?: unknown };
  return methods.flatMap((method) => (operations[method] ? [{ path, method, operation: operations[method], parameters }] : []));
});
// What the benchmark asks for is in the smallest contract, too.
const isAsked = ({ operation }: Place) => operation.operationId === 'getApplicationImport';
const first = [...ours.filter(isAsked), ...ours.filter((place) => !isAsked(place))];

const paths: Record<string, Record<string, unknown>> = {};
const does: Record<string, unknown> = {};
for (let index = 0; index < count; index++) {
  const copy = Math.floor(index / first.length);
  const { path, method, operation, parameters } = first[index % first.length] as Place;
  const operationId = copy === 0 ? operation.operationId : `${operation.operationId}Copy${copy}`;
  const at = copy === 0 ? path : `/copy${copy}${path}`;
  paths[at] = { parameters, ...paths[at], [method]: { ...operation, operationId } };
  does[operationId] = (handlers as Record<string, unknown>)[operation.operationId];
}

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const served = { contract: { ...contract, definition: { ...definition, paths } as typeof definition }, handlers: does as typeof handlers };
const running = await startServer(config, log, async () => {}, { served, compilesAhead: true });
log.info({ url: running.url }, 'listening');
process.once('SIGTERM', () => running.stop());

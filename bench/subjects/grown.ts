import { readConfig } from '../../server/config.ts';
import { readContract } from '../../server/contract.ts';
import { createLog } from '../../server/log.ts';
import { handlers } from '../../server/operations/index.ts';
import { start } from '../../server/start.ts';

/** Our server with a contract of as many operations as its argument says: ours without some, or with copies of some under other paths. */
const count = Number(process.argv[2]);
const kept = new Set(['getApplicationImport']);
const contract = await readContract();
const { definition } = contract;
type Item = Record<string, { operationId: string }>;

const ours = Object.entries(definition.paths ?? {}) as [string, Item][];
const paths: Record<string, Item> = {};
const does: Record<string, unknown> = { ...handlers };
let operations = 0;
const asked = ours.filter(([, item]) => Object.values(item).some(({ operationId }) => kept.has(operationId)));
for (let copy = 0; operations < count; copy++)
  for (const [path, item] of copy === 0 ? [...asked, ...ours.filter((one) => !asked.includes(one))] : ours)
    for (const [method, operation] of Object.entries(item)) {
      if (operations === count) break;
      const operationId = copy === 0 ? operation.operationId : `${operation.operationId}Copy${copy}`;
      const at = copy === 0 ? path : `/copy${copy}${path}`;
      paths[at] = { ...paths[at], [method]: { ...operation, operationId } };
      does[operationId] = does[operation.operationId];
      operations += 1;
    }

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const served = { contract: { ...contract, definition: { ...definition, paths } as typeof definition }, handlers: does as typeof handlers };
const running = await start(config, log, async () => {}, { served });
log.info({ url: running.url }, 'listening');
process.once('SIGTERM', () => running.stop());

import { baseRequest, exampleBodies, isJson, type Plan } from './base-request.ts';
import { type Case, successStatuses } from './case.ts';
import { type Fault, jsonOf } from './check-response.ts';
import type { Operation } from './contract.ts';
import { toJson } from './mutations.ts';
import { lastPathParameter } from './parameters.ts';
import type { ServerResponse } from './send.ts';

/** Operations of one kind of item. */
interface Lifecycle {
  create: Operation;
  list: Operation;
  get: Operation;
  remove: Operation;
}
type Item = Record<string, unknown>;
/** Sends a case and checks the response against the contract, with additional checks. */
export type SendAndCheck = (testCase: Case, extraChecks?: (response: ServerResponse) => Fault[]) => Promise<ServerResponse | undefined>;

const pagesMax = 1000;
const keyHeader = 'Idempotency-Key';

/** Finds kinds of items with four operations: POST and GET of a path, and GET and DELETE of this path with one more parameter. */
export function lifecyclesOf(operations: Operation[]): Lifecycle[] {
  const operationAt = (path: string, method: string) =>
    operations.find((operation) => operation.path === path && operation.method === method);
  return operations.flatMap((get) => {
    const collection = /^(.*)\/\{\w+\}$/.exec(get.path)?.[1];
    if (get.method !== 'GET' || collection === undefined) return [];
    const [create, list, remove] = [operationAt(collection, 'POST'), operationAt(collection, 'GET'), operationAt(get.path, 'DELETE')];
    return create && list && remove && isJson(create) ? [{ create, list, get, remove }] : [];
  });
}

const fault = (check: string, expected: string, got: string): Fault => ({ check, expected, got });
/** Returns the items of a list response: the response, or the only array in it. */
const itemsOf = (response: ServerResponse): Item[] => {
  const body = (jsonOf(response) ?? {}) as object;
  return Array.isArray(body) ? body : (Object.values(body).find((member): member is Item[] => Array.isArray(member)) ?? []);
};

/** Returns the fields that differ between two responses. Fields that only the first one has, such as a secret, do not count. */
function differences(created: Item, read: Item): string[] {
  return Object.keys(read).filter((name) => JSON.stringify(read[name]) !== JSON.stringify(created[name]));
}

/** Creates, reads, lists and deletes an item, and checks that it is gone. A step runs only if the previous one had a response. */
export async function testLifecycle(plan: Plan, { create, list, get, remove }: Lifecycle, send: SendAndCheck): Promise<void> {
  const step = (operation: Operation, title: string, statuses: number[], parts = {}): Case => ({
    subject: operation.id,
    operation,
    kind: 'lifecycle',
    title,
    request: baseRequest(plan, operation, parts),
    expect: { statuses },
  });
  const unique = `conformance-${plan.seed}-${process.hrtime.bigint().toString(36)}`;
  const example = exampleBodies(plan, create)[0] as Item;
  const { role_assignments: _, ...body } = { ...example, ...('key' in example ? { key: unique } : { name: unique }) } as Item;
  const isKeyed = create.parameters.some(({ name }) => name === keyHeader);
  const request = { body: toJson(body), ...(isKeyed && { headers: { [keyHeader]: unique } }) };
  const response = await send(step(create, 'create an item', successStatuses(create), request));
  const created = response && (jsonOf(response) as Item | undefined);
  const id = created?.id;
  if (!response || response.status >= 300 || typeof id !== 'string') return;

  const checkSameId = (repeated: ServerResponse): Fault[] => {
    const repeatedId = (jsonOf(repeated) as Item | undefined)?.id;
    return repeatedId === id ? [] : [fault('created once', `id ${id}, because of the same ${keyHeader}`, String(repeatedId))];
  };
  if (isKeyed) await send(step(create, `create again with the same ${keyHeader}`, [response.status], request), checkSameId);

  const path = { [lastPathParameter(get) as string]: id };
  const checkSameFields = (read: ServerResponse): Fault[] => {
    const changed = read.status === 200 ? differences(created as Item, (jsonOf(read) ?? {}) as Item) : [];
    return changed.length > 0
      ? [fault('fields as created', toJson(created), `${changed.join(', ')} differ: ${read.text.slice(0, 500)}`)]
      : [];
  };
  await send(step(get, 'read the created item', [200], { path }), checkSameFields);
  await search(id, true);
  await send(step(remove, 'delete the created item', successStatuses(remove), { path }));
  await send(step(get, 'read the deleted item', [404], { path }));
  await send(step(remove, 'delete the deleted item', [404], { path }));
  await search(id, false);

  /** Searches the pages of the list. A list without an end counts as a list without the item. */
  async function search(id: string, isThere: boolean): Promise<void> {
    for (let page = 1; page <= pagesMax; page++) {
      let items: Item[] = [];
      const title = isThere ? 'the list has the created item' : 'the list no longer has the deleted item';
      const response = await send(step(list, title, [200], { query: { page: String(page) } }), (pageResponse) => {
        items = itemsOf(pageResponse);
        const isFound = items.some((item) => item.id === id);
        if (isFound && !isThere) return [fault(title, `no ${id} in the list`, 'it is still listed')];
        if (isThere && !isFound && items.length === 0)
          return [fault(title, `${id} on a page of the list`, `not on any of ${page - 1} pages`)];
        return [];
      });
      if (!response || items.length === 0 || items.some((item) => item.id === id)) return;
    }
  }
}

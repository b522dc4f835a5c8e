import { baseRequest, exampleBodies, isJson, type Plan } from './base-request.ts';
import { type Case, successOf } from './case.ts';
import { type Fault, jsonOf } from './check-answer.ts';
import type { Operation } from './contract.ts';
import { written } from './mutations.ts';
import { lastPathParameter } from './parameters.ts';
import type { Answer } from './send.ts';

interface Family {
  create: Operation;
  list: Operation;
  get: Operation;
  remove: Operation;
}
type Thing = Record<string, unknown>;
/** Sends a case and checks the response against the contract, with additional checks. */
export type Try = (one: Case, more?: (answer: Answer) => Fault[]) => Promise<Answer | undefined>;

const pagesMax = 1000;
const keyHeader = 'Idempotency-Key';

/** Operations of one kind of item: POST and GET of a path, and GET and DELETE of this path with one more parameter. */
export function familiesOf(operations: Operation[]): Family[] {
  const at = (path: string, method: string) => operations.find((one) => one.path === path && one.method === method);
  return operations.flatMap((get) => {
    const collection = /^(.*)\/\{\w+\}$/.exec(get.path)?.[1];
    if (get.method !== 'GET' || collection === undefined) return [];
    const [create, list, remove] = [at(collection, 'POST'), at(collection, 'GET'), at(get.path, 'DELETE')];
    return create && list && remove && isJson(create) ? [{ create, list, get, remove }] : [];
  });
}

const fault = (check: string, expected: string, got: string): Fault => ({ check, expected, got });
/** Returns the items of a list response: the response, or the only array in it. */
const itemsOf = (answer: Answer): Thing[] => {
  const body = (jsonOf(answer) ?? {}) as object;
  return Array.isArray(body) ? body : (Object.values(body).find((member): member is Thing[] => Array.isArray(member)) ?? []);
};

/** Returns the fields that differ between two responses. Fields that only the first one has, such as a secret, do not count. */
function differences(created: Thing, read: Thing): string[] {
  return Object.keys(read).filter((name) => JSON.stringify(read[name]) !== JSON.stringify(created[name]));
}

/** Creates, reads, lists and deletes an item, and checks that it is gone. A step runs only if the previous one had a response. */
export async function tryFamily(plan: Plan, { create, list, get, remove }: Family, attempt: Try): Promise<void> {
  const step = (operation: Operation, title: string, statuses: number[], parts = {}): Case => ({
    subject: operation.id,
    operation,
    kind: 'family',
    title,
    request: baseRequest(plan, operation, parts),
    expect: { statuses },
  });
  const unique = `conformance-${plan.seed}-${process.hrtime.bigint().toString(36)}`;
  const example = exampleBodies(plan, create)[0] as Thing;
  const { role_assignments: _, ...body } = { ...example, ...('key' in example ? { key: unique } : { name: unique }) } as Thing;
  const isKeyed = create.parameters.some(({ name }) => name === keyHeader);
  const request = { body: written(body), ...(isKeyed && { headers: { [keyHeader]: unique } }) };
  const answer = await attempt(step(create, 'creates', successOf(create), request));
  const created = answer && (jsonOf(answer) as Thing | undefined);
  const id = created?.id;
  if (!answer || answer.status >= 300 || typeof id !== 'string') return;

  const isTheSame = (again: Answer): Fault[] => {
    const other = (jsonOf(again) as Thing | undefined)?.id;
    return other === id ? [] : [fault('done once', `${id} again, under the same ${keyHeader}`, String(other))];
  };
  if (isKeyed) await attempt(step(create, `creates once under one ${keyHeader}`, [answer.status], request), isTheSame);

  const path = { [lastPathParameter(get) as string]: id };
  const isNoOther = (read: Answer): Fault[] => {
    const changed = read.status === 200 ? differences(created as Thing, (jsonOf(read) ?? {}) as Thing) : [];
    return changed.length > 0
      ? [fault('reads what was created', written(created), `${changed.join(', ')} differ: ${read.text.slice(0, 500)}`)]
      : [];
  };
  await attempt(step(get, 'reads what was created', [200], { path }), isNoOther);
  await search(id, true);
  await attempt(step(remove, 'deletes what was created', successOf(remove), { path }));
  await attempt(step(get, 'no longer reads what was deleted', [404], { path }));
  await attempt(step(remove, 'deletes nothing twice', [404], { path }));
  await search(id, false);

  /** Searches the pages of the list. A list without an end counts as a list without the item. */
  async function search(wanted: string, isThere: boolean): Promise<void> {
    for (let page = 1; page <= pagesMax; page++) {
      let items: Thing[] = [];
      const title = isThere ? 'lists what was created' : 'no longer lists what was deleted';
      const answer = await attempt(step(list, title, [200], { query: { page: String(page) } }), (got) => {
        items = itemsOf(got);
        const isFound = items.some((item) => item.id === wanted);
        if (isFound && !isThere) return [fault(title, `no ${wanted} in the list`, 'it is still there')];
        if (isThere && !isFound && items.length === 0)
          return [fault(title, `${wanted} on a page of the list`, `not on any of ${page - 1} pages`)];
        return [];
      });
      if (!answer || items.length === 0 || items.some((item) => item.id === wanted)) return;
    }
  }
}

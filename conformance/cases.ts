import { noIds } from './arbitraries.ts';
import { baseRequest, exampleBodies, isJson, newPlan, type Parts, type Plan, type PlanOptions, valuesOf } from './base-request.ts';
import { bodyCases } from './body-cases.ts';
import { type Case, caseMaker, changesNothing, type Request, statusesForValid, successOf } from './case.ts';
import type { Contract, Operation } from './contract.ts';
import { generatedCases } from './generated.ts';
import { written } from './mutations.ts';
import { headersToTry, lastPathParameter, meaningOf, pathParameters, textsToTry } from './parameters.ts';
import { unknownPathCases, wrongMethodCases } from './path-cases.ts';

const hasReference = (request: Request) => /[0-9a-f]{8}-[0-9a-f]{4}-|role_assignments/i.test(request.body ?? '');

/** Returns the expected statuses of an example: it may refer to items that the server does not have. */
function statusesForExample(operation: Operation, request: Request): number[] {
  const isFree = pathParameters(operation).length === 0;
  if (request.method === 'GET' && isFree) return successOf(operation);
  return statusesForValid(operation).filter((status) => status !== 400 || hasReference(request));
}

/** Changes the key of an item that cannot be deleted, because a second run could not create it again. */
function ofThisRun({ contract, run }: Plan, { method, path, body }: Operation, example: unknown): unknown {
  const isForGood = !contract.operations.some((other) => other.method === 'DELETE' && other.path.replace(/\/\{\w+\}$/, '') === path);
  const { key } = (example ?? {}) as { key?: unknown };
  if (method !== 'POST' || !isForGood || typeof key !== 'string') return example;
  const renamed = { ...(example as object), key: `${key}-${run}` };
  return contract.complaints(body?.schema ?? {}, renamed).length === 0 ? renamed : example;
}

/** Returns the media types of success responses, except the default ones. */
const otherMediaTypes = ({ responses }: Operation): string[] => [
  ...new Set(
    Object.entries(responses)
      .filter(([status]) => Number(status) < 300)
      .flatMap(([, { content = {} }]) => Object.keys(content).slice(1)),
  ),
];

function exampleCases(plan: Plan, operation: Operation): Case[] {
  const make = caseMaker(operation);
  const bodies: Parts[] = isJson(operation)
    ? exampleBodies(plan, operation).map((body) => ({ body: written(ofThisRun(plan, operation, body)) }))
    : [{}];
  const cases = bodies.map((parts, index) => {
    const request = baseRequest(plan, operation, parts);
    return make('example', `the contract's example ${index + 1}`, request, { statuses: statusesForExample(operation, request) });
  });
  if (operation.method !== 'GET') return cases;
  const { Authorization: _, ...others } = baseRequest(plan, operation).headers;
  const add = (title: string, headers: Record<string, string>) => {
    const request = baseRequest(plan, operation);
    cases.push(make('example', title, { ...request, headers }, { statuses: statusesForExample(operation, request) }));
  };
  for (const name of operation.tokenHeaders) add(`the token in ${name}`, { ...others, [name]: '$TOKEN' });
  for (const type of otherMediaTypes(operation)) add(`Accept ${type}`, { ...baseRequest(plan, operation).headers, Accept: type });
  const head = { ...baseRequest(plan, operation), method: 'HEAD' };
  return [...cases, make('example', 'HEAD', head, { statuses: statusesForExample(operation, { ...head, method: 'GET' }) })];
}

const badCredentials: Record<string, string> = {
  'a wrong token': `Bearer pa_${'A'.repeat(36)}`,
  'a malformed token': 'Bearer not a token',
  'no token after the scheme': 'Bearer',
  'another scheme': 'Basic YWRtaW46YWRtaW4=',
  'a token that looks expired': 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIiwiZXhwIjoxfQ.c2lnbmF0dXJl',
  'the token without its scheme': '$TOKEN',
  'the token with a letter more': `${'Bearer $TOKEN'}_`,
};

function authenticationCases(plan: Plan, operation: Operation): Case[] {
  if (!operation.isSecured) return [];
  const request = baseRequest(plan, operation);
  const { Authorization: _, ...headers } = request.headers;
  const wrong = Object.entries(badCredentials).map(([title, Authorization]) => ({ title, headers: { ...headers, Authorization } }));
  const elsewhere = operation.tokenHeaders.flatMap((name) => [
    { title: `a wrong token in ${name}`, headers: { ...headers, [name]: `pa_${'A'.repeat(36)}` } },
    { title: `an empty ${name}`, headers: { ...headers, [name]: '' } },
  ]);
  return [{ title: 'no token', headers }, ...wrong, ...elsewhere].map(({ title, headers }) =>
    caseMaker(operation)('authentication', title, { ...request, headers }, { statuses: [401] }),
  );
}

function parameterCases(plan: Plan, operation: Operation): Case[] {
  const make = caseMaker(operation);
  const unknown = baseRequest(plan, operation, { query: { conformanceUnknown: '1' } });
  const cases = [make('query', 'an unknown query parameter', unknown, { statuses: [400], names: 'conformanceUnknown' })];
  for (const parameter of operation.parameters) {
    const { name, schema, required } = parameter;
    if (parameter.in === 'query' && required)
      cases.push(
        make('negative', `without ${name}`, { ...unknown, path: unknown.path.replace(/\?.*/, '') }, { statuses: [400], names: name }),
      );
    if (parameter.in === 'header' && required) {
      const base = baseRequest(plan, operation);
      const headers = Object.fromEntries(Object.entries(base.headers).filter(([other]) => other !== name));
      cases.push(make('negative', `without ${name}`, { ...base, headers }, { statuses: [400], names: name }));
    }
    const texts = parameter.in === 'header' ? headersToTry(schema) : textsToTry(schema);
    for (const text of texts.filter((one) => one !== '' || parameter.in === 'query')) {
      const isValid = plan.contract.complaints(schema, meaningOf(schema, text)).length === 0;
      const part = { path: 'path', query: 'query', header: 'headers' }[parameter.in];
      const request = baseRequest(plan, operation, { [part]: { [name]: text } });
      const expect = isValid
        ? { statuses: statusesForValid(operation) }
        : { statuses: [400], ...(parameter.in === 'query' && { names: name }) };
      cases.push(make(isValid ? 'generated' : 'negative', `${name} is ${JSON.stringify(text.slice(0, 30))}`, request, expect));
    }
  }
  const last = lastPathParameter(operation);
  const isId = pathParameters(operation).find(({ name }) => name === last)?.schema.format === 'uuid';
  if (last && isId && !operation.body && operation.responses[404]) {
    const [id] = valuesOf({ ...plan, ids: noIds }, { type: 'string', format: 'uuid' }, 1);
    const request = baseRequest(plan, operation, { path: { [last]: String(id) } });
    cases.push(make('negative', `${last} of nothing`, request, { statuses: [404] }));
  }
  return cases;
}

/** Orders operations: deletions last, changes before them, because an archived application accepts no imports. */
function turnOf({ kind, request }: Case): number {
  if (kind !== 'example' && kind !== 'generated') return 0;
  return { PATCH: 1, PUT: 1, DELETE: 2 }[request.method] ?? 0;
}

/** Returns all planned requests, except those of families. Order and contents depend only on the contract and the options. */
export function planCases(contract: Contract, options: PlanOptions): Case[] {
  const plan = newPlan(contract, options);
  const chosen = contract.operations.filter(({ id }) => !options.operations || options.operations.includes(id));
  const planners = [exampleCases, authenticationCases, parameterCases, bodyCases];
  const cases = [
    ...planners.flatMap((planner) => chosen.flatMap((operation) => planner(plan, operation))),
    ...wrongMethodCases(plan, chosen),
    ...(options.operations ? [] : unknownPathCases(plan)),
    ...generatedCases(plan, chosen),
  ];
  return options.isReadOnly ? cases.filter(changesNothing) : cases.sort((one, other) => turnOf(one) - turnOf(other));
}

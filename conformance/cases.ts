import { noIds } from './arbitraries.ts';
import { baseRequest, exampleBodies, isJson, newPlan, type Plan, type PlanOptions, type RequestParts, valuesOf } from './base-request.ts';
import { bodyCases } from './body-cases.ts';
import { type Case, caseMaker, changesNothing, type Request, successStatuses, validRequestStatuses } from './case.ts';
import type { Contract, Operation } from './contract.ts';
import { generatedCases } from './generated.ts';
import { toJson } from './mutations.ts';
import { headerTexts, lastPathParameter, parameterTexts, parseParameter, pathParameters } from './parameters.ts';
import { unknownPathCases, wrongMethodCases } from './path-cases.ts';

const hasReference = (request: Request) => /[0-9a-f]{8}-[0-9a-f]{4}-|role_assignments/i.test(request.body ?? '');

/** Returns the expected statuses of an example: it may refer to items that the server does not have. */
function exampleStatuses(operation: Operation, request: Request): number[] {
  const hasPathParameter = pathParameters(operation).length > 0;
  if (request.method === 'GET' && !hasPathParameter) return successStatuses(operation);
  return validRequestStatuses(operation).filter((status) => status !== 400 || hasReference(request));
}

/** Changes the key of an item that no operation deletes, because a second run could not create it again. */
function withUniqueKey({ contract, runId }: Plan, { method, path, body }: Operation, example: unknown): unknown {
  const isPermanent = !contract.operations.some((other) => other.method === 'DELETE' && other.path.replace(/\/\{\w+\}$/, '') === path);
  const { key } = (example ?? {}) as { key?: unknown };
  if (method !== 'POST' || !isPermanent || typeof key !== 'string') return example;
  const renamed = { ...(example as object), key: `${key}-${runId}` };
  return contract.validationErrors(body?.schema ?? {}, renamed).length === 0 ? renamed : example;
}

/** Returns the media types of success responses, except the first one of each response, which is the default. */
const otherMediaTypes = ({ responses }: Operation): string[] => [
  ...new Set(
    Object.entries(responses)
      .filter(([status]) => Number(status) < 300)
      .flatMap(([, { content = {} }]) => Object.keys(content).slice(1)),
  ),
];

function exampleCases(plan: Plan, operation: Operation): Case[] {
  const make = caseMaker(operation);
  const bodies: RequestParts[] = isJson(operation)
    ? exampleBodies(plan, operation).map((body) => ({ body: toJson(withUniqueKey(plan, operation, body)) }))
    : [{}];
  const cases = bodies.map((parts, index) => {
    const request = baseRequest(plan, operation, parts);
    return make('example', `the contract's example ${index + 1}`, request, { statuses: exampleStatuses(operation, request) });
  });
  if (operation.method !== 'GET') return cases;
  const { Authorization: _, ...otherHeaders } = baseRequest(plan, operation).headers;
  const add = (title: string, headers: Record<string, string>) => {
    const request = baseRequest(plan, operation);
    cases.push(make('example', title, { ...request, headers }, { statuses: exampleStatuses(operation, request) }));
  };
  for (const name of operation.tokenHeaders) add(`the token in ${name}`, { ...otherHeaders, [name]: '$TOKEN' });
  for (const type of otherMediaTypes(operation)) add(`Accept ${type}`, { ...baseRequest(plan, operation).headers, Accept: type });
  const head = { ...baseRequest(plan, operation), method: 'HEAD' };
  return [...cases, make('example', 'HEAD', head, { statuses: exampleStatuses(operation, { ...head, method: 'GET' }) })];
}

const invalidCredentials: Record<string, string> = {
  'a wrong token': `Bearer pa_${'A'.repeat(36)}`,
  'a malformed token': 'Bearer not a token',
  'no token after the scheme': 'Bearer',
  'another scheme': 'Basic YWRtaW46YWRtaW4=',
  'a token that looks expired': 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIiwiZXhwIjoxfQ.c2lnbmF0dXJl',
  'the token without Bearer': '$TOKEN',
  'the token with an extra character': `${'Bearer $TOKEN'}_`,
};

function authenticationCases(plan: Plan, operation: Operation): Case[] {
  if (!operation.isSecured) return [];
  const request = baseRequest(plan, operation);
  const { Authorization: _, ...headers } = request.headers;
  const wrongInAuthorization = Object.entries(invalidCredentials).map(([title, Authorization]) => ({
    title,
    headers: { ...headers, Authorization },
  }));
  const wrongInOtherHeaders = operation.tokenHeaders.flatMap((name) => [
    { title: `a wrong token in ${name}`, headers: { ...headers, [name]: `pa_${'A'.repeat(36)}` } },
    { title: `an empty ${name}`, headers: { ...headers, [name]: '' } },
  ]);
  return [{ title: 'no token', headers }, ...wrongInAuthorization, ...wrongInOtherHeaders].map(({ title, headers }) =>
    caseMaker(operation)('authentication', title, { ...request, headers }, { statuses: [401] }),
  );
}

function parameterCases(plan: Plan, operation: Operation): Case[] {
  const make = caseMaker(operation);
  const withUnknown = baseRequest(plan, operation, { query: { conformanceUnknown: '1' } });
  const cases = [make('query', 'an unknown query parameter', withUnknown, { statuses: [400], mentions: 'conformanceUnknown' })];
  for (const parameter of operation.parameters) {
    const { name, schema, required } = parameter;
    if (parameter.in === 'query' && required)
      cases.push(
        make(
          'negative',
          `without ${name}`,
          { ...withUnknown, path: withUnknown.path.replace(/\?.*/, '') },
          { statuses: [400], mentions: name },
        ),
      );
    if (parameter.in === 'header' && required) {
      const base = baseRequest(plan, operation);
      const headers = Object.fromEntries(Object.entries(base.headers).filter(([other]) => other !== name));
      cases.push(make('negative', `without ${name}`, { ...base, headers }, { statuses: [400], mentions: name }));
    }
    const texts = parameter.in === 'header' ? headerTexts(schema) : parameterTexts(schema);
    for (const text of texts.filter((candidate) => candidate !== '' || parameter.in === 'query')) {
      const isValid = plan.contract.validationErrors(schema, parseParameter(schema, text)).length === 0;
      const part = { path: 'path', query: 'query', header: 'headers' }[parameter.in];
      const request = baseRequest(plan, operation, { [part]: { [name]: text } });
      const expect = isValid
        ? { statuses: validRequestStatuses(operation) }
        : { statuses: [400], ...(parameter.in === 'query' && { mentions: name }) };
      cases.push(make(isValid ? 'generated' : 'negative', `${name} is ${JSON.stringify(text.slice(0, 30))}`, request, expect));
    }
  }
  const idName = lastPathParameter(operation);
  const isId = pathParameters(operation).find(({ name }) => name === idName)?.schema.format === 'uuid';
  if (idName && isId && !operation.body && operation.responses[404]) {
    const [id] = valuesOf({ ...plan, ids: noIds }, { type: 'string', format: 'uuid' }, 1);
    const request = baseRequest(plan, operation, { path: { [idName]: String(id) } });
    cases.push(make('negative', `unknown ${idName}`, request, { statuses: [404] }));
  }
  return cases;
}

/** Returns the order of execution: changes after everything else, because an archived application accepts no imports. Deletions last. */
function executionOrder({ kind, request }: Case): number {
  if (kind !== 'example' && kind !== 'generated') return 0;
  return { PATCH: 1, PUT: 1, DELETE: 2 }[request.method] ?? 0;
}

/** Returns all planned requests, except those of lifecycles. Order and contents depend only on the contract and the options. */
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
  return options.isReadOnly ? cases.filter(changesNothing) : cases.sort((left, right) => executionOrder(left) - executionOrder(right));
}

import { baseRequest, exampleBodies, isJson, type Plan } from './base-request.ts';
import { type Case, caseMaker, validRequestStatuses } from './case.ts';
import type { Operation } from './contract.ts';
import { isSafeBody } from './dry-run.ts';
import { invalidUploads } from './multipart.ts';
import { invalidJsonBodies, mutationsOf } from './mutations.ts';

/** A server may refuse a longer body without reading it. */
const alwaysReadMax = 8192;

const withoutContentType = ({ 'Content-Type': _, ...headers }: Record<string, string>) => headers;

/** Returns cases with a wrong media type, a body that cannot be parsed, a large body, and changed examples. */
export function bodyCases(plan: Plan, operation: Operation): Case[] {
  const make = caseMaker(operation);
  const { body } = operation;
  if (!body) return [];
  const base = baseRequest(plan, operation);
  const wrongMediaTypes = [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    isJson(operation) ? 'multipart/form-data' : 'application/json',
  ];
  const cases = wrongMediaTypes.map((type) =>
    make('negative', `Content-Type ${type}`, { ...base, headers: { ...base.headers, 'Content-Type': type } }, { statuses: [415] }),
  );
  cases.push(make('negative', 'no Content-Type', { ...base, headers: withoutContentType(base.headers) }, { statuses: [415] }));
  if (!isJson(operation)) {
    for (const [title, text] of Object.entries(invalidUploads))
      cases.push(make('negative', title, { ...base, body: text }, { statuses: [400] }));
    return cases;
  }
  for (const { title, text, expression } of invalidJsonBodies) {
    const request = { ...base, body: text, ...(expression && { bodyExpression: expression }) };
    const statuses = text.length > alwaysReadMax ? [400, 413] : [400];
    cases.push(
      make('negative', title, request, { statuses: text === '' && !body.isRequired ? validRequestStatuses(operation) : statuses }),
    );
  }
  const large = { ...base, body: `{"name":"${'x'.repeat(2 ** 21)}"}`, bodyExpression: `'{"name":"' + 'x'.repeat(2 ** 21) + '"}'` };
  cases.push(make('negative', 'a body of 2 MiB', large, { statuses: [413, 400] }));
  for (const example of exampleBodies(plan, operation))
    for (const mutation of mutationsOf(plan.contract, body.schema, example))
      if (isSafeBody(JSON.parse(mutation.text))) cases.push(mutatedCase(plan, operation, mutation));
  return cases;
}

/** Returns a case with a changed body. It expects success if the schema still allows the body, and otherwise 400. */
export function mutatedCase(plan: Plan, operation: Operation, { title, text }: { title: string; text: string }): Case {
  const isValid = plan.contract.validationErrors(operation.body?.schema ?? {}, JSON.parse(text)).length === 0;
  const request = baseRequest(plan, operation, { body: text });
  const statuses = isValid ? validRequestStatuses(operation) : [400];
  return caseMaker(operation)(isValid ? 'generated' : 'negative', title, request, { statuses });
}

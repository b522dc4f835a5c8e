import { baseRequest, exampleBodies, isJson, type Plan } from './base-request.ts';
import { type Case, caseMaker, statusesForValid } from './case.ts';
import type { Operation } from './contract.ts';
import { badUploads } from './multipart.ts';
import { brokenBodies, mutationsOf } from './mutations.ts';
import { isRehearsal } from './rehearsal.ts';

const typeless = ({ 'Content-Type': _, ...headers }: Record<string, string>) => headers;

export function bodyCases(plan: Plan, operation: Operation): Case[] {
  const make = caseMaker(operation);
  const { body } = operation;
  if (!body) return [];
  const base = baseRequest(plan, operation);
  const wrongTypes = [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    isJson(operation) ? 'multipart/form-data' : 'application/json',
  ];
  const cases = wrongTypes.map((type) =>
    make('negative', `Content-Type ${type}`, { ...base, headers: { ...base.headers, 'Content-Type': type } }, { statuses: [415] }),
  );
  cases.push(make('negative', 'no Content-Type', { ...base, headers: typeless(base.headers) }, { statuses: [415] }));
  if (!isJson(operation)) {
    for (const [title, text] of Object.entries(badUploads))
      cases.push(make('negative', title, { ...base, body: text }, { statuses: [400] }));
    return cases;
  }
  for (const { title, text, expression } of brokenBodies) {
    const request = { ...base, body: text, ...(expression && { bodyExpression: expression }) };
    cases.push(make('negative', title, request, { statuses: text === '' && !body.isRequired ? statusesForValid(operation) : [400] }));
  }
  const large = { ...base, body: `{"name":"${'x'.repeat(2 ** 21)}"}`, bodyExpression: `'{"name":"' + 'x'.repeat(2 ** 21) + '"}'` };
  cases.push(make('negative', 'two MiB', large, { statuses: [413, 400] }));
  for (const example of exampleBodies(plan, operation))
    for (const mutation of mutationsOf(plan.contract, body.schema, example))
      if (isRehearsal(JSON.parse(mutation.text))) cases.push(mutatedCase(plan, operation, mutation));
  return cases;
}

/** Returns cases with changed bodies: valid requests if the schema still allows the body, otherwise invalid ones. */
export function mutatedCase(plan: Plan, operation: Operation, { title, text }: { title: string; text: string }): Case {
  const isValid = plan.contract.complaints(operation.body?.schema ?? {}, JSON.parse(text)).length === 0;
  const request = baseRequest(plan, operation, { body: text });
  const statuses = isValid ? statusesForValid(operation) : [400];
  return caseMaker(operation)(isValid ? 'generated' : 'negative', title, request, { statuses });
}

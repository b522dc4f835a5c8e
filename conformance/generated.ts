import fc from 'fast-check';
import { arbitraryOf } from './arbitraries.ts';
import { baseRequest, isJson, type Plan, pathValuesOf } from './base-request.ts';
import { mutatedCase } from './body-cases.ts';
import { type Case, validRequestStatuses } from './case.ts';
import type { Operation, Parameter, Schema } from './contract.ts';
import { isSafeBody } from './dry-run.ts';
import { multipart } from './multipart.ts';
import { mutationsOf, toJson } from './mutations.ts';

/** Generates values that the validator accepts. It filters for keywords that the arbitrary ignores, such as `minProperties`. */
const validOf = ({ contract, ids }: Plan, schema: Schema): fc.Arbitrary<unknown> =>
  arbitraryOf(schema, ids).filter((value) => contract.validationErrors(schema, value).length === 0);

const textOf = (plan: Plan, { schema }: Parameter): fc.Arbitrary<string> => validOf(plan, schema).map(String);

const isUsable = (text: string) => text !== '' && text !== '.' && text !== '..';

/** Generates path values, mostly of items that can exist, because unknown ids nearly always return 404. */
function pathArbitrary(plan: Plan, operation: Operation): fc.Arbitrary<Record<string, string>> {
  const exampleValues = pathValuesOf(plan, operation);
  const pathParameters = operation.parameters.filter((parameter) => parameter.in === 'path');
  return fc.record(
    Object.fromEntries(
      pathParameters.map((parameter) => [
        parameter.name,
        fc.oneof(
          { weight: 4, arbitrary: fc.constant(exampleValues[parameter.name] as string) },
          { weight: 1, arbitrary: textOf(plan, parameter).filter(isUsable) },
        ),
      ]),
    ),
  );
}

function queryArbitrary(plan: Plan, operation: Operation): fc.Arbitrary<Record<string, string>> {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, textOf(plan, parameter)])), {
    requiredKeys,
    noNullPrototype: true,
  });
}

function uploadArbitrary(plan: Plan): fc.Arbitrary<string> {
  const idOf = (name: string) => {
    const ids = plan.ids.byName.get(name) ?? [];
    return ids.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() }) : fc.uuid();
  };
  const line = fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','));
  const content = fc.array(line, { maxLength: 10 }).map((lines) => lines.join('\n'));
  return fc
    .tuple(idOf('applicationId'), fc.array(fc.tuple(idOf('fileGroupId'), content), { minLength: 1, maxLength: 3 }))
    .map(([applicationId, files]) =>
      multipart([
        { name: 'applicationId', content: applicationId },
        ...files.map(([name, content]) => ({ name, fileName: 'a.csv', content })),
      ]),
    );
}

/** Generates a valid request. */
function validCases(plan: Plan, operation: Operation): fc.Arbitrary<Case> {
  const body: fc.Arbitrary<string | undefined> = !operation.body
    ? fc.constant(undefined)
    : isJson(operation)
      ? validOf(plan, operation.body.schema).filter(isSafeBody).map(toJson)
      : uploadArbitrary(plan);
  const parts = fc.record({ path: pathArbitrary(plan, operation), query: queryArbitrary(plan, operation), body });
  return parts.map((chosen) => ({
    subject: operation.id,
    operation,
    kind: 'generated',
    title: 'generated from the contract',
    request: baseRequest(plan, operation, chosen),
    expect: { statuses: validRequestStatuses(operation) },
  }));
}

/** Generates a valid body with one change, which usually makes the body invalid. */
function invalidCases(plan: Plan, operation: Operation): fc.Arbitrary<Case> {
  const { schema } = operation.body as { schema: Schema };
  return fc.tuple(validOf(plan, schema).filter(isSafeBody), fc.nat()).map(([value, which]) => {
    const mutations = mutationsOf(plan.contract, schema, value).filter(({ text }) => isSafeBody(JSON.parse(text)));
    return mutatedCase(plan, operation, mutations[which % mutations.length] as (typeof mutations)[number]);
  });
}

const weightOf = (operation: Operation) => (operation.body ? 4 : operation.parameters.length > 0 ? 2 : 1);

/** Generates the requested number of requests, most of them for operations with many parameters or fields. */
export function generatedCases(plan: Plan, chosen: Operation[]): Case[] {
  const weightSum = chosen.reduce((sum, operation) => sum + weightOf(operation), 0);
  let weightSoFar = 0;
  return chosen.flatMap((operation, index) => {
    const before = Math.round((plan.requests * weightSoFar) / weightSum);
    weightSoFar += weightOf(operation);
    const numRuns = Math.round((plan.requests * weightSoFar) / weightSum) - before;
    if (numRuns === 0) return [];
    const arbitrary = isJson(operation)
      ? fc.oneof(validCases(plan, operation), invalidCases(plan, operation))
      : validCases(plan, operation);
    return fc.sample(arbitrary, { seed: plan.seed + index, numRuns });
  });
}

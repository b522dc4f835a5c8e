import { baseRequest, isJson, newPlan } from '../../conformance/base-request.ts';
import { readContract, type Schema } from '../../conformance/contract.ts';
import { type InputPlace, placesOf, titleOf, withValueAt } from './input-places.ts';
import type { LargestInput } from './largest-inputs.ts';

/** Characters that need more space when they are folded, escaped, stored in lower case or encoded as UTF-8, or that change when they are decoded. */
const growing = ['\ufdfa', '𝔸', 'İ', '"', '\\', 'ｐ', 'ß', '\u0344'];
/** A secret in full width, so that redaction decodes the text. */
const encodedSecret = 'ｐｉｎ=1 ';

/** Returns the longest valid texts of a place. */
function textsFor({ schemas }: InputPlace, isValid: (schema: Schema, value: unknown) => boolean): string[] {
  return schemas.flatMap((schema) => {
    const { maxLength } = schema;
    if (maxLength === undefined || maxLength > 10_000) return [];
    const texts = growing.flatMap((character) => [
      character.repeat(maxLength),
      encodedSecret + character.repeat(Math.max(0, maxLength - encodedSecret.length)),
      `a@${character.repeat(Math.max(0, maxLength - 2))}`,
    ]);
    return texts.filter((text) => isValid(schema, text));
  });
}

/** Returns requests with the longest valid texts: one for each place and character, and one with a text in each place of the same length. */
export async function longestTexts(): Promise<LargestInput[]> {
  const contract = await readContract(new URL('../../openapi.yaml', import.meta.url).pathname);
  const options = { seed: 1, requests: 0, isReadOnly: false, operations: undefined, excludedIds: new Set<string>(), runId: 'longest' };
  const plan = newPlan(contract, options);
  const isValid = (schema: Schema, value: unknown) => contract.validationErrors(schema, value).length === 0;
  return contract.operations.flatMap((operation) => {
    if (!operation.body || !isJson(operation) || !operation.isSecured) return [];
    const { path, headers, body: example = '{}' } = baseRequest(plan, operation);
    const base = JSON.parse(example);
    const filled = placesOf(operation.body.schema).map((place) => ({ place, texts: textsFor(place, isValid) }));
    const single = filled.flatMap(({ place, texts }) =>
      texts.map((text) => ({ place: titleOf(place), filling: text.slice(0, 8), value: withValueAt(base, place.path, text) })),
    );
    const all = growing.map((character) => ({
      place: 'all places',
      filling: character,
      value: filled.reduce((value, { place, texts }) => {
        const text = texts.find((one) => one.includes(character));
        return text === undefined ? value : withValueAt(value, place.path, text);
      }, base as unknown),
    }));
    const { method, id: operationId } = operation;
    return [...single, ...all].map(({ place, filling, value }) => ({
      ...{ operationId, needsToken: true, title: `${place}: ${filling}`, place, filling, method, path, headers },
      body: () => JSON.stringify(value),
    }));
  });
}

import type { LargestInput } from './largest-inputs.ts';

/** The fillings that cost most, of each type of place. */
const worstFillings = new Set([
  'as many {} as fit',
  'the maximum of {}',
  'as many members as fit',
  'the maximum of members',
  'nested lists',
  'objects with long names nested to the maximum around many objects',
  'a text of nested JSON',
  'a text of a',
]);

/** Returns one input for each place of each operation. Places that have the same fillings get the worst of them in turn. */
export function oneForEachPlace(inputs: LargestInput[]): LargestInput[] {
  const turns = new Map<string, number>();
  const places = Map.groupBy(inputs, ({ operationId, place }) => `${operationId} ${place}`);
  return [...places.values()].map((ofPlace) => {
    const worst = ofPlace.filter(({ filling }) => worstFillings.has(filling));
    const candidates = worst.length > 0 ? worst : ofPlace;
    const kind = candidates.map(({ filling }) => filling).join();
    const turn = turns.get(kind) ?? 0;
    turns.set(kind, turn + 1);
    return candidates[turn % candidates.length] as LargestInput;
  });
}

/** Returns two inputs for each operation, at two places if it has them, and at other places than for the operation before. */
export function twoForEachOperation(inputs: LargestInput[]): LargestInput[] {
  const operations = Map.groupBy(inputs, ({ operationId }) => operationId);
  return [...operations.values()].flatMap((all, turn) => {
    const ofPlaces = oneForEachPlace(all);
    const ofOperation = ofPlaces.length > 1 ? ofPlaces : all;
    const { length } = ofOperation;
    const chosen = new Set([turn % length, (turn + Math.ceil(length / 2)) % length]);
    return [...chosen].map((index) => ofOperation[index] as LargestInput);
  });
}

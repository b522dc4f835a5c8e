const idsMaxPerOperation = 50;
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Collects the ids in responses, so that later requests refer to items that exist. Leaves out these ids, and forgets old ones. */
export function createKnownIds(operationIds: string[], excludedIds: string[]) {
  const pools = new Map(operationIds.map((operationId) => [operationId, { ids: [] as string[], learned: 0 }]));
  return {
    learn: (operationId: string, text: string) => {
      const pool = pools.get(operationId);
      for (const [id] of pool ? text.slice(0, 5000).matchAll(guid) : [])
        if (pool && !excludedIds.includes(id)) pool.ids[pool.learned++ % idsMaxPerOperation] = id;
    },
    /**
     * Returns the ids that a request may use: one from the responses of each operation, chosen by the number of the request. So the number of ids that
     * one operation has returned does not change which id of another is chosen.
     */
    forRequest: (index: number): string[] =>
      [...pools.values()].flatMap(({ ids }) => (ids.length > 0 ? [ids[index % ids.length] as string] : [])),
  };
}

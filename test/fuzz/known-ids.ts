import type { Random } from './hostile-values.ts';

const idsMax = 2000;
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Collects the ids in responses, so that later requests refer to items that exist. Leaves out one id, and forgets old ids. */
export function createKnownIds(random: Random, excludedId: string) {
  const ids: string[] = [];
  return {
    ids,
    learn: (text: string) => {
      for (const [id] of text.slice(0, 5000).matchAll(guid)) {
        if (id === excludedId) continue;
        if (ids.length < idsMax) ids.push(id);
        else ids[random(idsMax)] = id;
      }
    },
  };
}

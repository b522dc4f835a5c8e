/** Compares two GUIDs. Upper and lower case are the same id, as in the contract. */
export const isSameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

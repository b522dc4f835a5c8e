/** Compares two GUIDs without regard to case, as the contract requires. */
export const isSameId = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** The message for a new key that looks like an id. It could hide the row of that id, because callers may send ids in place of keys. */
export const notAnIdMessage = 'Must not look like a GUID, because a GUID stands for an id';

/** Compares two GUIDs without regard to case, as the contract requires. */
export const isSameId = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

import { hasUnprintable } from '../../common/unprintable.ts';

/** Names that Windows resolves to something else: devices, and names whose last dot or space it drops. */
const windowsName = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)|[. ]$/i;

/**
 * Returns the folders and the file name of a path of an import schedule, or undefined if the path is not allowed.
 *
 * Folders are separated by `/` or `\`. A path is relative and stays in its folder on every operating system. Does not access the disk.
 */
export function partsOfSharedPath(path: string): string[] | undefined {
  if (/^[\\/]|^[A-Za-z]:/.test(path) || hasUnprintable(path)) return undefined;
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  return parts.length > 0 && !parts.some((part) => windowsName.test(part)) ? parts : undefined;
}

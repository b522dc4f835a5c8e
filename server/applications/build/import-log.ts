import { escapeUnprintable } from '../../common/unprintable.ts';

const rejectionsListedMax = 1000;
const lineCharactersMax = 2000;
/** Of all files together: the log is stored with each heartbeat, and the API returns it. */
const rejectionCharactersMax = 500_000;
const reasonsListedMax = 100;
const otherReasons = 'other reasons';

const countOf = (count: number, noun: string) => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Creates the log of an import. `previousText` is the log of an earlier build of the same import.
 *
 * The log lists the first 1,000 rejected rows of each file, in 500,000 characters for all files. If there are more, the log also counts the
 * rejected rows of the file by reason: by the first 100 reasons, and the others together.
 */
export function createImportLog(previousText = '') {
  const lines: string[] = [];
  let rejectionCharacters = 0;
  /** Adds one line and returns its length. Names, keys and values in it may come from anybody: here, and only here, they lose the power to begin another line. */
  const add = (line: string) => {
    const shown = escapeUnprintable(line.slice(0, lineCharactersMax));
    lines.push(line.length > lineCharactersMax ? `${shown} …` : shown);
    return shown.length;
  };

  function forFile(group: string, name: string) {
    const countsByReason = new Map<string, number>();
    let rejected = 0;
    let listed = 0;
    return {
      begin: (bytes: number) => add(`${group}: reading ${name} (${countOf(bytes, 'byte')})`),
      /** Logs a rejected row. Rows are counted by `reason`; `detail` appears only in the line of this row. */
      logRejection: (line: number, reason: string, detail = '') => {
        rejected++;
        const counted = countsByReason.size < reasonsListedMax || countsByReason.has(reason) ? reason : otherReasons;
        countsByReason.set(counted, (countsByReason.get(counted) ?? 0) + 1);
        if (listed === rejectionsListedMax || rejectionCharacters >= rejectionCharactersMax) return;
        listed++;
        rejectionCharacters += add(`${group}: ${name} line ${line} rejected: ${reason}${detail}`);
      },
      end: (read: number) => {
        if (rejected > listed) {
          add(`${group}: ${countOf(rejected - listed, 'more rejected row')} not listed; all of them by reason:`);
          for (const [reason, count] of countsByReason) add(`${group}:   ${count.toLocaleString('en-US')} × ${reason}`);
        }
        add(
          `${group}: ${countOf(read, 'row')} read, ${(read - rejected).toLocaleString('en-US')} kept, ${rejected.toLocaleString('en-US')} rejected`,
        );
      },
      rejected: () => rejected,
    };
  }

  return { add, forFile, text: () => previousText + lines.map((line) => `${line}\n`).join('') };
}

export type ImportLog = ReturnType<typeof createImportLog>;

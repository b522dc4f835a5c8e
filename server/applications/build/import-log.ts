import { escapeUnprintable } from '../../common/unprintable.ts';

const rejectionsListedMax = 1000;
const lineCharactersMax = 2000;

const countOf = (count: number, noun: string) => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Creates the log of an import. `previousText` is the log of an earlier build of the same import.
 *
 * The log lists the first 1,000 rejected rows of each file. If a file has more, the log also counts its rejected rows by reason.
 */
export function createImportLog(previousText = '') {
  const lines: string[] = [];
  /** Adds one line. Names, keys and values in it may come from anybody: here, and only here, they lose the power to begin another line. */
  const add = (line: string) => {
    const shown = escapeUnprintable(line.slice(0, lineCharactersMax));
    lines.push(line.length > lineCharactersMax ? `${shown} …` : shown);
  };

  function forFile(group: string, name: string) {
    const countsByReason = new Map<string, number>();
    let rejected = 0;
    return {
      begin: (bytes: number) => add(`${group}: reading ${name} (${countOf(bytes, 'byte')})`),
      /** Logs a rejected row. Rows are counted by `reason`; `detail` appears only in the line of this row. */
      logRejection: (line: number, reason: string, detail = '') => {
        rejected++;
        countsByReason.set(reason, (countsByReason.get(reason) ?? 0) + 1);
        if (rejected <= rejectionsListedMax) add(`${group}: ${name} line ${line} rejected: ${reason}${detail}`);
      },
      end: (read: number) => {
        if (rejected > rejectionsListedMax) {
          add(`${group}: ${countOf(rejected - rejectionsListedMax, 'more rejected row')} not listed; all of them by reason:`);
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

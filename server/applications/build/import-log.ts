const rejectionsListedMax = 1000;

const counted = (count: number, noun: string) => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** What a build did, in words, behind what an earlier one had to say. Of each file's rejected rows the first thousand are listed, and all of them counted by reason. */
export function createImportLog(before = '') {
  const lines: string[] = [];
  const add = (line: string) => {
    lines.push(line);
  };

  function forFile(group: string, name: string) {
    const reasons = new Map<string, number>();
    let rejected = 0;
    return {
      begin: (bytes: number) => add(`${group}: reading ${name} (${counted(bytes, 'byte')})`),
      /** `reason` is what to count by; `detail` goes on in the row's own line. */
      reject: (line: number, reason: string, detail = '') => {
        rejected++;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        if (rejected <= rejectionsListedMax) add(`${group}: ${name} line ${line} rejected: ${reason}${detail}`);
      },
      end: (read: number) => {
        if (rejected > rejectionsListedMax) {
          add(`${group}: ${counted(rejected - rejectionsListedMax, 'more rejected row')} not listed; all of them by reason:`);
          for (const [reason, count] of reasons) add(`${group}:   ${count.toLocaleString('en-US')} × ${reason}`);
        }
        add(
          `${group}: ${counted(read, 'row')} read, ${(read - rejected).toLocaleString('en-US')} kept, ${rejected.toLocaleString('en-US')} rejected`,
        );
      },
      rejected: () => rejected,
    };
  }

  return { add, forFile, text: () => before + lines.map((line) => `${line}\n`).join('') };
}

export type ImportLog = ReturnType<typeof createImportLog>;

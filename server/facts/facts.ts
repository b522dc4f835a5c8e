import { invalid } from '../common/errors.ts';

const attributesBytesMax = 65_536;
const attributesLevelsMax = 20;

/** Level by level and not by recursion, which a body of a million brackets would bring down. */
function attributesFault(attributes: object): string | undefined {
  let level: object[] = [attributes];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > attributesLevelsMax) return `Must have at most ${attributesLevelsMax} levels`;
    const values: unknown[] = level.flatMap((one) => Object.values(one));
    if (values.some((value) => typeof value === 'number' && !Number.isFinite(value))) return 'Must not hold a number beyond 1.7e308';
    level = values.filter((value) => typeof value === 'object' && value !== null);
  }
  const bytes = Buffer.byteLength(JSON.stringify(attributes));
  return bytes > attributesBytesMax ? `Must have at most ${attributesBytesMax} bytes of JSON` : undefined;
}

export function checkAttributes(attributes: object | undefined): void {
  const message = attributes && attributesFault(attributes);
  if (message) throw invalid({ field: 'attributes', message });
}

/** As the contract has them. */
const keys = {
  userId: { pattern: /^(?!\.{1,2}$)[A-Za-z0-9|@+\-._]+$/, words: 'letters, digits and | @ + - . _' },
  tenantId: { pattern: /^[A-Za-z0-9\-_]+$/, words: 'letters, digits, - and _' },
};

/** Where something is to be replaced, or made if it is not there: what its key may be. `key` is the body's, `existing` that of what was found. */
export function checkKeyInPath(
  parameter: 'userId' | 'tenantId',
  inPath: string,
  key: string | undefined,
  existing: string | undefined,
): void {
  if (key !== undefined && key !== (existing ?? inPath))
    throw invalid({ field: 'key', message: `Must be ${existing ?? inPath}, or left out` });
  const { pattern, words } = keys[parameter];
  if (existing === undefined && !pattern.test(inPath)) throw invalid({ field: parameter, message: `Must be of ${words} to become a key` });
}

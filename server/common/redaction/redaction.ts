import { normalizeInParts } from '../../database/normal-form.ts';
import { faultOfJson } from '../json-limits.ts';
import { redactElements, redacted, redactNamedValues } from './named-values.ts';
import { mayContainSecret } from './possible-secrets.ts';
import { isCount, isSecretName, wordsOf } from './secret-names.ts';
import { redactShapes } from './secret-shapes.ts';

/** Removes secrets before something is stored. `[redacted]` replaces them. */
export interface Redaction {
  /**
   * Redacts a JSON text, which must be formatted as by `JSON.stringify`.
   *
   * Of a text with possible secrets, keeps about the first 256 KB: more than any log stores. This limits the time.
   */
  json: (text: string) => string;
  /** Redacts a query string, given without its question mark. */
  query: (query: string) => string;
  /** Redacts a path, a file name or another text. A text with an encoded secret is returned decoded. */
  text: (text: string) => string;
  /** Returns a redaction that also replaces these texts, and the values of members with these names. */
  alsoHiding: (hidden: Partial<Hidden>) => Redaction;
}

/** Texts and members that a redaction replaces although they do not look like secrets. */
interface Hidden {
  /** Secrets of any form, such as a token that the operator chose. */
  texts: string[];
  /** Names of members that only look harmless, such as `customField3`. */
  names: string[];
}

/** How often a text inside a text is decoded or parsed: JSON in a string of JSON, a query in a query. */
const depthMax = 4;
const charactersMax = 262_144;
/** The members of `{"name": "password", "value": "x"}` that hold the name, and those that hold the value. */
const nameMember = /^(?:name|key|field|label|header|parameter|param|property|attribute|variable|column|setting|option|k|n)$/;
const valueMember = /^(?:values?|val|v|contents?|data|text|default|from|to|before|after|old|new|raw|current|previous)$/;
/** In the settings, the value of `customField3` is the name of that field. */
const settingsMember = 'customFields';
/** Members whose lists hold names only. */
const nameLists = /^(?:fields|names|columns|scopes?|permissions|roles|actions|required)$/;
const lastWordOf = (name: string) => wordsOf(name).at(-1) ?? '';

const decodeRun = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    return Buffer.from(run.replaceAll('%', ''), 'hex').toString('latin1');
  }
};
/** Decodes percent encoding, the plus signs of forms and the escapes of JSON, also if other parts of the text are encoded wrongly. */
const decode = (text: string): string =>
  text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, decodeRun)
    .replace(/\\u([0-9a-f]{4})/gi, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** Tells whether an object gives the value of a secret name, as `{"name": "password", "value": "x"}` does. */
const namesSecret = (entries: [string, unknown][]): boolean =>
  entries.some(([name, value]) => typeof value === 'string' && nameMember.test(lastWordOf(name)) && isSecretName(value));

/** Tells whether an item of a list is the name of a secret, and not a sentence about secrets. */
const isListedName = (item: string): boolean => /^\S{1,100}$/.test(item) && isSecretName(item);

/** Tells whether an array lists names and values in turn, as a list of headers does. */
const isListOfPairs = (values: unknown[]): values is string[] =>
  values.length > 0 && values.length % 2 === 0 && values.every((value) => typeof value === 'string');

/** Creates a redaction. `hidden` is replaced wherever it occurs. */
export function createRedaction({ texts = [], names = [] }: Partial<Hidden> = {}): Redaction {
  const isHidden = (text: string) => texts.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));
  const isSuspicious = (text: string) =>
    (texts.length > 0 && isHidden(text)) || names.some((name) => text.includes(name)) || mayContainSecret(text);
  const hideTexts = (text: string) => texts.reduce((result, secret) => result.replaceAll(secret, redacted), text);

  let charactersLeft = 0;

  function redactList(values: unknown[], depth: number, listName: string): unknown[] {
    const arePairs = !nameLists.test(lastWordOf(listName)) && isListOfPairs(values);
    const list: unknown[] = [];
    for (const [index, value] of values.entries()) {
      if (charactersLeft <= 0) break;
      const isNamed = arePairs && index % 2 === 1 && isListedName(values[index - 1] as string);
      list.push(isNamed ? redacted : redactValue(value, depth, listName));
    }
    return list;
  }

  function redactMember(name: string, value: unknown, depth: number, parent: string): unknown {
    if (!isSecretName(name) && (parent === settingsMember || !names.includes(name))) return redactValue(value, depth, name);
    if (value === null || typeof value === 'boolean') return value;
    return typeof value === 'number' && isCount(name, value) ? value : redacted;
  }

  function redactValue(value: unknown, depth: number, name: string): unknown {
    charactersLeft -= 1;
    if (typeof value === 'string') return redactText(value, depth);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return redactList(value, depth, name);
    const entries = Object.entries(value);
    const hidesValues = namesSecret(entries);
    const members: [string, unknown][] = [];
    for (const [member, content] of entries) {
      if (charactersLeft <= 0) break;
      const isValue = hidesValues && content !== null && wordsOf(member).some((word) => valueMember.test(word));
      // The client chooses the names, so a name can also contain a secret.
      members.push([redactText(member, depth), isValue ? redacted : redactMember(member, content, depth, name)]);
    }
    return Object.fromEntries(members);
  }

  /**
   * Returns the redacted text of JSON inside a text; undefined if the text is not JSON or holds no secret, or is JSON that a body could not be.
   *
   * Deeply nested JSON would exhaust the stack, and a call that cannot be logged gets no response. Its secrets are found as those of other texts.
   */
  function redactInnerJson(text: string, depth: number): string | undefined {
    if (!/^\s*[[{"]/.test(text) || faultOfJson(Buffer.from(text)) !== undefined) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    const before = JSON.stringify(value);
    const after = JSON.stringify(redactValue(value, depth + 1, ''));
    return after === before ? undefined : after;
  }

  function redactText(text: string, depth: number): string {
    charactersLeft -= text.length;
    if (!isSuspicious(text)) return text;
    let result = hideTexts(text.slice(0, charactersMax));
    if (depth < depthMax) result = redactInnerJson(result, depth) ?? result;
    result = redactShapes(result);
    result = redactNamedValues(result);
    if (result.includes('<')) result = redactElements(result);
    if (depth === depthMax) return result;
    // One character may become 18. A text that is cut is never returned in its longer form, whose rest was not searched.
    const decoded = normalizeInParts(decode(result), 'NFKC').slice(0, charactersMax);
    if (decoded === result) return result;
    const inner = redactText(decoded, depth + 1);
    return inner === decoded && decoded.length < charactersMax ? result : inner;
  }

  function redactPart(part: string): string {
    const text = redactText(part, 0);
    const end = text.indexOf('=');
    if (end === -1) return text;
    const name = text.slice(0, end);
    const value = text.slice(end + 1);
    return `${name}=${isSecretName(decode(name)) && value !== '' ? redacted : redactText(value, 0)}`;
  }

  function redactQuery(query: string): string {
    if (query === '' || !isSuspicious(query)) return query;
    return hideTexts(query)
      .split(/([&;])/)
      .map((part, index) => (index % 2 === 0 ? redactPart(part) : part))
      .join('');
  }

  const withinLimit = (redact: () => string): string => {
    charactersLeft = charactersMax;
    return redact();
  };
  const redaction: Redaction = {
    json: (text) => (isSuspicious(text) ? withinLimit(() => JSON.stringify(redactValue(JSON.parse(text), 0, ''))) : text),
    query: (query) => withinLimit(() => redactQuery(query)),
    text: (text) => withinLimit(() => redactText(text, 0)),
    alsoHiding: ({ texts: moreTexts = [], names: moreNames = [] }) =>
      moreTexts.length + moreNames.length === 0
        ? redaction
        : createRedaction({ texts: [...texts, ...moreTexts], names: [...names, ...moreNames] }),
  };
  return redaction;
}

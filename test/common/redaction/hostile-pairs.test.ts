import { expect, it } from 'vitest';
import { createRedaction } from '../../../server/common/redaction/redaction.ts';
import { hostileUnits } from '../../support/hostile-units.ts';
import { superlinearPairs } from '../../support/linear-time.ts';

const { json, text, query } = createRedaction({ texts: ['a-free-form-token.of-the-operator'] });

it.each([
  ['a text', text],
  ['a query', query],
  ['JSON', (content: string) => json(JSON.stringify({ content, [content.slice(0, 200)]: content }))],
])(
  'redacts %s in linear time, whatever unit is repeated after whatever other one',
  (_name, redact) => {
    expect(superlinearPairs(hostileUnits, redact)).toEqual([]);
  },
  120_000,
);

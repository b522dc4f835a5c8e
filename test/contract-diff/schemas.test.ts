import { describe, expect, it } from 'vitest';
import type { Json } from '../../tools/contract-diff/findings.ts';
import { asResponse, document, type Verdict, verdictOf } from './verdicts.ts';

const opposite = { breaking: 'additive', additive: 'breaking', nothing: 'nothing' } as const;
const asRequest = (schema: unknown) => document({ requestBody: { content: { 'application/json': { schema } } } });

const string = { type: 'string' };
const number = { type: 'number' };
const cat = { type: 'object', properties: { kind: { const: 'cat' } } };
const dog = { type: 'object', properties: { kind: { const: 'dog' } } };
const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more });

/**
 * Name of the change, old schema, new schema, verdicts in a request and in a response, and the same verdicts in the opposite direction.
 *
 * Without the last pair, the verdicts of the opposite direction are the opposite ones.
 */
const changes: [string, unknown, unknown, [Verdict, Verdict], [Verdict, Verdict]?][] = [
  ['a type becomes narrower', number, { type: 'integer' }, ['breaking', 'additive']],
  ['a type changes', string, number, ['breaking', 'breaking'], ['breaking', 'breaking']],
  ['a type is introduced', {}, string, ['breaking', 'additive']],
  ['null is allowed', string, { type: ['string', 'null'] }, ['additive', 'breaking']],
  ['null is allowed as a branch', string, { anyOf: [string, { type: 'null' }] }, ['additive', 'breaking']],
  ['null is written in another way', { type: ['string', 'null'] }, { oneOf: [{ type: 'null' }, string] }, ['nothing', 'nothing']],
  ['an enumeration grows', { enum: ['a'] }, { enum: ['a', 'b'] }, ['additive', 'additive'], ['breaking', 'additive']],
  ['an enumeration is reordered', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, ['nothing', 'nothing']],
  ['an enumeration is introduced', string, { type: 'string', enum: ['a'] }, ['breaking', 'additive']],
  ['a const changes', { const: 'a' }, { const: 'b' }, ['breaking', 'breaking'], ['breaking', 'breaking']],
  ['a const is introduced', string, { type: 'string', const: 'a' }, ['breaking', 'additive']],
  ['a const becomes an enumeration', { const: 'a' }, { enum: ['a', 'b'] }, ['additive', 'breaking'], ['breaking', 'additive']],
  ['minLength rises', { type: 'string', minLength: 1 }, { type: 'string', minLength: 2 }, ['breaking', 'additive']],
  ['minLength 0 is introduced', string, { type: 'string', minLength: 0 }, ['nothing', 'nothing']],
  ['maxLength falls', { type: 'string', maxLength: 9 }, { type: 'string', maxLength: 8 }, ['breaking', 'additive']],
  ['maxLength is introduced', string, { type: 'string', maxLength: 8 }, ['breaking', 'additive']],
  ['minimum rises', { type: 'number', minimum: 1 }, { type: 'number', minimum: 2 }, ['breaking', 'additive']],
  ['maximum falls', { type: 'number', maximum: 5 }, { type: 'number', maximum: 4 }, ['breaking', 'additive']],
  ['exclusiveMaximum is introduced', number, { type: 'number', exclusiveMaximum: 4 }, ['breaking', 'additive']],
  ['multipleOf is introduced', number, { type: 'number', multipleOf: 2 }, ['breaking', 'additive']],
  ['minItems rises', { type: 'array', minItems: 0 }, { type: 'array', minItems: 1 }, ['breaking', 'additive']],
  ['maxItems falls', { type: 'array', maxItems: 9 }, { type: 'array', maxItems: 8 }, ['breaking', 'additive']],
  ['uniqueItems is introduced', { type: 'array' }, { type: 'array', uniqueItems: true }, ['breaking', 'additive']],
  ['minProperties rises', { type: 'object' }, { type: 'object', minProperties: 1 }, ['breaking', 'additive']],
  ['maxProperties is introduced', { type: 'object' }, { type: 'object', maxProperties: 3 }, ['breaking', 'additive']],
  ['a pattern is introduced', string, { type: 'string', pattern: 'a' }, ['breaking', 'additive']],
  ['a pattern changes', { pattern: 'a' }, { pattern: 'b' }, ['breaking', 'breaking'], ['breaking', 'breaking']],
  ['a format is introduced', string, { type: 'string', format: 'uuid' }, ['breaking', 'additive']],
  ['a format changes', { format: 'date' }, { format: 'date-time' }, ['breaking', 'breaking'], ['breaking', 'breaking']],
  ['a default changes', { default: 1 }, { default: 2 }, ['breaking', 'additive'], ['breaking', 'additive']],
  ['a default is removed', { default: 1 }, {}, ['breaking', 'additive'], ['additive', 'additive']],
  ['items change', { type: 'array', items: number }, { type: 'array', items: { type: 'integer' } }, ['breaking', 'additive']],
  ['a property is removed', object({ a: string, b: string }), object({ a: string }), ['breaking', 'breaking'], ['additive', 'additive']],
  [
    'a required property is added',
    object({}),
    object({ a: string }, { required: ['a'] }),
    ['breaking', 'additive'],
    ['breaking', 'breaking'],
  ],
  ['a property becomes required', object({ a: string }), object({ a: string }, { required: ['a'] }), ['breaking', 'additive']],
  [
    'a nested property changes',
    object({ a: object({ b: number }) }),
    object({ a: object({ b: { type: 'integer' } }) }),
    ['breaking', 'additive'],
  ],
  ['properties are reordered', object({ a: string, b: number }), object({ b: number, a: string }), ['nothing', 'nothing']],
  [
    'other properties are forbidden',
    object({}),
    object({}, { additionalProperties: false }),
    ['breaking', 'additive'],
    ['additive', 'additive'],
  ],
  [
    'other properties become narrower',
    { additionalProperties: number },
    { additionalProperties: { type: 'integer' } },
    ['breaking', 'additive'],
  ],
  [
    'names of properties become narrower',
    { propertyNames: string },
    { propertyNames: { type: 'string', maxLength: 3 } },
    ['breaking', 'additive'],
  ],
  ['a branch is removed', { oneOf: [cat, dog] }, { oneOf: [cat] }, ['breaking', 'additive']],
  ['a branch of anyOf is removed', { anyOf: [string, number] }, { anyOf: [number] }, ['breaking', 'additive']],
  ['branches are reordered', { oneOf: [cat, dog] }, { oneOf: [dog, cat] }, ['nothing', 'nothing']],
  ['a branch changes', { oneOf: [cat, dog] }, { oneOf: [dog, { ...cat, minProperties: 2 }] }, ['breaking', 'additive']],
  ['a union is introduced', object({ a: string }), object({ a: string }, { anyOf: [{ required: ['a'] }] }), ['breaking', 'additive']],
  [
    'allOf is replaced by its properties',
    { allOf: [object({ a: string }), object({ b: string })] },
    object({ a: string, b: string }),
    ['nothing', 'nothing'],
  ],
  [
    'a part of allOf becomes narrower',
    { allOf: [object({ a: number })] },
    { allOf: [object({ a: { type: 'integer' } })] },
    ['breaking', 'additive'],
  ],
  ['an unsupported keyword changes', { not: { const: 1 } }, { not: { const: 2 } }, ['breaking', 'breaking'], ['breaking', 'breaking']],
  ['a description changes', { ...string, description: 'a', examples: ['a'] }, { ...string, title: 'b' }, ['nothing', 'nothing']],
];

describe('changes of schemas, in a request and in a response, in both directions', () => {
  it.each(changes)('%s', (_, from, to, forward, backward = [opposite[forward[0]], opposite[forward[1]]]) => {
    expect([verdictOf(asRequest(from), asRequest(to)), verdictOf(asResponse(from), asResponse(to))]).toEqual(forward);
    expect([verdictOf(asRequest(to), asRequest(from)), verdictOf(asResponse(to), asResponse(from))]).toEqual(backward);
  });
});

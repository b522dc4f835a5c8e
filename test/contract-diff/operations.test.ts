import { describe, expect, it } from 'vitest';
import { compareContracts } from '../../tools/contract-diff/compare.ts';
import type { Json } from '../../tools/contract-diff/findings.ts';
import { asResponse, document, type Verdict, verdictOf } from './verdicts.ts';

const string = { type: 'string' };
const query = (more: Json = {}) => ({ in: 'query', name: 'q', schema: string, ...more });
const parameters = (...list: unknown[]) => document({ parameters: list });
const body = (content: Json, more: Json = {}) => document({ requestBody: { content, ...more } });
const responses = (list: Json) => document({ responses: list });
const secured = (...alternatives: Json[]) => document({ security: alternatives });

/** Name of the change, old contract, new contract, verdict, and verdict in the opposite direction. */
const changes: [string, Json, Json, Verdict, Verdict][] = [
  ['a path', { paths: {} }, document({}), 'additive', 'breaking'],
  ['an operation of a path', { paths: { '/things/{id}': {} } }, document({}), 'additive', 'breaking'],
  ['another operationId', document({ operationId: 'a' }), document({ operationId: 'b' }), 'breaking', 'breaking'],
  ['a success response', responses({ 200: {} }), responses({ 200: {}, 201: {} }), 'additive', 'breaking'],
  ['an error response', responses({ 200: {} }), responses({ 200: {}, 404: {} }), 'additive', 'additive'],
  [
    'a media type of a response',
    responses({ 200: { content: {} } }),
    responses({ 200: { content: { 'text/csv': {} } } }),
    'additive',
    'breaking',
  ],
  ['a header of a response', responses({ 200: {} }), responses({ 200: { headers: { ETag: { schema: string } } } }), 'additive', 'breaking'],
  ['an optional parameter', parameters(), parameters(query()), 'additive', 'breaking'],
  ['a required parameter', parameters(), parameters(query({ required: true })), 'breaking', 'breaking'],
  ['a parameter that becomes required', parameters(query()), parameters(query({ required: true })), 'breaking', 'additive'],
  ['a parameter that moves to another location', parameters(query()), parameters(query({ in: 'header' })), 'breaking', 'breaking'],
  [
    'a parameter that allows fewer values',
    parameters(query()),
    parameters(query({ schema: { type: 'string', maxLength: 3 } })),
    'breaking',
    'additive',
  ],
  [
    'a default of a parameter',
    parameters(query({ schema: { default: 1 } })),
    parameters(query({ schema: { default: 2 } })),
    'breaking',
    'breaking',
  ],
  ['the case of a header', parameters(query({ in: 'header' })), parameters(query({ in: 'header', name: 'Q' })), 'nothing', 'nothing'],
  ['the order of parameters', parameters(query(), query({ name: 'a' })), parameters(query({ name: 'a' }), query()), 'nothing', 'nothing'],
  ['an optional body', document({}), body({}), 'additive', 'breaking'],
  ['a required body', document({}), body({}, { required: true }), 'breaking', 'breaking'],
  ['a body that becomes required', body({}), body({}, { required: true }), 'breaking', 'additive'],
  ['a media type of a body', body({}), body({ 'text/csv': {} }), 'additive', 'breaking'],
  ['security', secured({}), secured({ bearer: [] }), 'breaking', 'additive'],
  ['security of the whole contract', document({}), document({}, { security: [{ bearer: [] }] }), 'breaking', 'additive'],
  ['a scope', secured({ oauth: ['a'] }), secured({ oauth: ['a', 'b'] }), 'breaking', 'additive'],
  ['another security scheme', secured({ bearer: [] }), secured({ bearer: [] }, { key: [] }), 'additive', 'breaking'],
  [
    'another security scheme for the whole contract',
    document({}, { security: [{ bearer: [] }] }),
    document({}, { security: [{ bearer: [] }, { key: [] }] }),
    'additive',
    'breaking',
  ],
  ['an optional header', parameters(), parameters(query({ in: 'header', name: 'x-place' })), 'additive', 'breaking'],
  ['a required header', parameters(), parameters(query({ in: 'header', name: 'x-key', required: true })), 'breaking', 'breaking'],
  [
    'a media type beside another in a response',
    asResponse(string),
    responses({ 200: { content: { 'application/json': { schema: string }, 'application/vnd.gatehouse.partial+json': { schema: {} } } } }),
    'additive',
    'breaking',
  ],
  ['a permission', document({}), document({ 'x-permission': { resource: 'a', action: 'read' } }), 'breaking', 'additive'],
  [
    'another permission',
    document({ 'x-permission': { action: 'read' } }),
    document({ 'x-permission': { action: 'write' } }),
    'breaking',
    'breaking',
  ],
  ['the fields of an order', document({ 'x-order': ['a'] }), document({ 'x-order': ['a', 'b'] }), 'breaking', 'additive'],
  ['the same fields in another order', document({ 'x-order': ['a', 'b'] }), document({ 'x-order': ['b', 'a'] }), 'nothing', 'nothing'],
  ['the fields of a filter', parameters(query()), parameters(query({ 'x-fields': ['a'] })), 'breaking', 'additive'],
  [
    'the permission for a value',
    parameters(query({ 'x-permissions': { true: { resource: 'a', action: 'read' } } })),
    parameters(query({ 'x-permissions': { true: { resource: 'b', action: 'read' } } })),
    'breaking',
    'breaking',
  ],
  ['the resource of a part', asResponse({ type: 'object' }), asResponse({ type: 'object', 'x-resource': 'a' }), 'breaking', 'additive'],
  ['the needs of a member', asResponse({ 'x-needs': { a: ['b'] } }), asResponse({ 'x-needs': { a: ['b', 'c'] } }), 'breaking', 'breaking'],
  ['descriptions and tags', document({ summary: 'a', tags: ['a'] }), document({ description: 'b', tags: ['b'] }), 'nothing', 'nothing'],
];

describe('changes of operations, in both directions', () => {
  it.each(changes)('%s', (_, from, to, forward, backward) => {
    expect([verdictOf(from, to), verdictOf(to, from)]).toEqual([forward, backward]);
  });

  it('reports a renamed path parameter, because the typed client uses its name', () => {
    const named = (name: string) => ({
      paths: { [`/things/{${name}}`]: { get: { parameters: [{ in: 'path', name, required: true, schema: string }] } } },
    });
    expect(compareContracts(named('id'), named('key'))).toEqual([
      {
        verdict: 'breaking',
        operation: 'GET /things/{id}',
        at: 'path id',
        what: 'parameter is called key now',
        why: 'callers of the typed client use its name',
      },
    ]);
  });

  it('compares a schema that contains itself', () => {
    const tree = (type: string): Json => {
      const node: Json = { type: 'object', properties: { name: { type } } };
      (node.properties as Json).children = { type: 'array', items: node };
      return node;
    };
    expect(compareContracts(asResponse(tree('string')), asResponse(tree('string')))).toEqual([]);
    expect(compareContracts(asResponse(tree('string')), asResponse(tree('number'))).map(({ at }) => at)).toEqual([
      '200 application/json name',
      '200 application/json name',
    ]);
  });

  it('compares a schema that contains itself in two parts of allOf, without endless recursion', () => {
    const tree = (type: string): Json => {
      const node: Json = {};
      node.allOf = [{ properties: { child: node } }, { properties: { child: node, name: { type } } }];
      return node;
    };
    expect(verdictOf(asResponse(tree('string')), asResponse(tree('number')))).toBe('breaking');
  });
});

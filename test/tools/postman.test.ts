import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../server/contract/contract.ts';
import { ContractRouter } from '../../server/contract/contract-router.ts';
import { exampleRequestsOf, readDocument } from '../../tools/example-requests.ts';
import { type collectionOf, file, generate, idOf } from '../../tools/postman.ts';

const committed = readFileSync(file, 'utf8');
const collection = JSON.parse(committed) as Awaited<ReturnType<typeof collectionOf>>;
const items = collection.item.flatMap(({ item }) => item);
const requests = await exampleRequestsOf(readDocument());
const requestOfItem = new Map(requests.map((request) => [idOf(request.operationId), request]));

describe('the Postman collection', () => {
  it('is up to date', async () => {
    expect(await generate()).toBe(committed);
  });

  it('has each operation once, in the folder of its tag', () => {
    expect(items.map(({ id }) => id).sort()).toEqual(requests.map(({ operationId }) => idOf(operationId)).sort());
    for (const folder of collection.item) for (const { id } of folder.item) expect(requestOfItem.get(id)?.tag).toBe(folder.name);
  });

  it('sends each request to the path of its operation', async () => {
    const router = new ContractRouter((await readContract()).definition);
    const variables = new Map(collection.variable.map(({ key, value }) => [`{{${key}}}`, value]));
    for (const { id, request } of items) {
      const values = new Map((request.url.variable ?? []).map(({ key, value }) => [`:${key}`, variables.get(value) ?? value]));
      const path = `/${request.url.path.map((segment) => values.get(segment) ?? segment).join('/')}`;
      const match = router.matchPath(path);
      expect(match?.operations.get(request.method.toLowerCase())?.operationId).toBe(requestOfItem.get(id)?.operationId);
      expect(match?.params).toEqual(requestOfItem.get(id)?.pathValues);
    }
  });

  it('has the fields that format 2.1.0 requires', () => {
    expect(collection.info).toMatchObject({
      name: 'Gatehouse',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    });
    expect(collection.auth).toEqual({ type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] });
    expect(collection.variable.map(({ key, value }) => [key, value])).toEqual([
      ['baseUrl', 'http://127.0.0.1:8080'],
      ['token', ''],
      ['projectKey', 'default'],
      ['environmentKey', 'production'],
      ['accessKeyId', ''],
      ['accessKeySecret', ''],
    ]);
    for (const { name, request, response } of items) {
      expect(name).not.toBe('');
      expect(request.method).toMatch(/^(GET|PUT|POST|PATCH|DELETE)$/);
      expect(request.url.raw).toMatch(/^\{\{baseUrl\}\}\//);
      for (const { key, value } of request.header) expect([typeof key, typeof value]).toEqual(['string', 'string']);
      if (request.body) expect(request.body).toHaveProperty(request.body.mode);
      for (const { code, status, header, cookie, body } of response)
        expect([code > 199, status !== '', Array.isArray(header), cookie, typeof body]).toEqual([true, true, true, [], 'string']);
    }
  });

  it('has unique, well-formed ids', () => {
    const ids = [...collection.item, ...items, ...items.flatMap(({ response }) => response)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('disables optional query parameters and headers', () => {
    for (const { id, request } of items)
      for (const { name, in: location, required } of requestOfItem.get(id)?.parameters ?? []) {
        if (location === 'query') expect(request.url.query?.find(({ key }) => key === name)).toMatchObject({ disabled: !required });
        if (location === 'header') expect(request.header.find(({ key }) => key === name)).toMatchObject({ disabled: !required });
      }
  });

  it('has a saved response for each declared status, and example bodies', () => {
    for (const { id, request, response } of items) {
      const operation = requestOfItem.get(id);
      expect(response.map(({ code }) => String(code))).toEqual(Object.keys(operation?.responses ?? {}));
      for (const { _postman_previewlanguage, body } of response)
        if (_postman_previewlanguage === 'json') expect(JSON.parse(body)).toBeDefined();
      if (request.body?.mode === 'raw' && id !== idOf('createAccessToken'))
        expect(JSON.parse(request.body.raw as string)).toEqual(operation?.body);
    }
  });

  it('signs a new text for each exchange of an access key', () => {
    const exchange = items.find(({ id }) => id === idOf('createAccessToken'));
    expect(JSON.parse(exchange?.request.body?.raw as string)).toEqual({ scope: 'gatehouse_api', content: '{{content}}' });
    expect(exchange?.request.header).toMatchObject([
      {},
      {},
      { key: 'x-key', value: '{{accessKeyId}}', disabled: false },
      { key: 'x-hash', value: '{{hash}}', disabled: false },
    ]);
    const set: Record<string, string> = {};
    const variables = {
      get: () => 'secret',
      set: (name: string, value: string) => Object.assign(set, { [name]: value }),
      replaceIn: () => 'nonce',
    };
    const CryptoJS = { HmacSHA256: (text: string, key: string) => createHmac('sha256', key).update(text).digest('hex') };
    for (const { listen, script } of exchange?.event ?? []) {
      expect(listen).toBe('prerequest');
      runInNewContext(script.exec.join('\n'), { pm: { variables }, CryptoJS });
    }
    expect(set.content).toMatch(/^\d{10}\.nonce$/);
    expect(set.hash).toBe(createHmac('sha256', 'secret').update(String(set.content)).digest('hex'));
  });

  it('uploads files as parts of a form, and sends no token to operations without security', () => {
    const itemOf = (operationId: string) => items.find(({ id }) => id === idOf(operationId));
    expect(itemOf('uploadApplicationImport')?.request.body).toEqual({
      mode: 'formdata',
      formdata: [
        { key: 'applicationId', value: '3fa85f64-5717-4562-b3fc-2c963f66afa6', type: 'text' },
        { key: 'c5d6e7f8-0000-4000-8000-000000000001', src: 'users.csv', type: 'file' },
      ],
    });
    expect(itemOf('getHealth')?.request.auth).toEqual({ type: 'noauth' });
    expect(itemOf('getToken')?.request.auth).toBeUndefined();
  });
});

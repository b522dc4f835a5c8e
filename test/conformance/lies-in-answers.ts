import { at, type Defect, lie, onStatus, withoutHeader } from './lies.ts';

export const liesInAnswers: Defect[] = [
  lie(
    'a status that is not declared',
    'getSettings',
    'declared status',
    at(200, (reply) => Object.assign(reply, { status: 202 })),
  ),
  lie('a declared header is missing', 'listApplications', 'declared header', withoutHeader(200, 'ratelimit')),
  lie('a header is missing from errors only', 'listApplications', 'declared header', withoutHeader(400, 'access-control-allow-origin')),
  lie(
    'a header has another value',
    'listApplications',
    'valid header',
    at(200, (reply) => Object.assign(reply.headers, { 'access-control-allow-origin': 'null' })),
  ),
  lie(
    'a correlation id of another form',
    'getSettings',
    'valid header',
    at(200, (reply) => Object.assign(reply.headers, { 'x-correlation-id': 'X-1' })),
  ),
  lie(
    'an extra member',
    'getIdentity',
    'body of its schema',
    onStatus(200, (body) => Object.assign(body, { passwordHash: 'x' })),
  ),
  lie(
    'a missing member',
    'getIdentity',
    'body of its schema',
    onStatus(200, (body) => delete body.status),
  ),
  lie(
    'a wrong type',
    'getIdentity',
    'body of its schema',
    onStatus(200, (body) => Object.assign(body, { lastName: 5 })),
  ),
  lie(
    'a value of no enumeration',
    'getIdentity',
    'body of its schema',
    onStatus(200, (body) => Object.assign(body, { status: 'active' })),
  ),
  lie(
    'a date of another form',
    'getIdentity',
    'body of its schema',
    onStatus(200, (body) => Object.assign(body, { firstSeenDate: '20.02.2026' })),
  ),
  lie(
    'one bad item on a page',
    'listApplications',
    'body of its schema',
    onStatus(200, (body) => body.items?.[0] && Object.assign(body.items[0], { priority: null })),
  ),
  lie(
    'a wrong content type',
    'listApplications',
    'media type',
    at(200, (reply) => Object.assign(reply.headers, { 'content-type': 'text/plain' })),
  ),
  lie(
    'an error without correlationId',
    'listApplications',
    'body of its schema',
    onStatus(400, (body) => delete body.correlationId),
  ),
  lie(
    'correlation ids that differ',
    'listApplications',
    'correlation id',
    onStatus(400, (body) => Object.assign(body, { correlationId: 'a'.repeat(32) })),
  ),
  lie(
    'a wrong error code',
    'listApplications',
    'error code',
    onStatus(400, (body) => Object.assign(body, { error: 'conflict' })),
  ),
];

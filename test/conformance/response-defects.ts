import { changeBody, changeReply, type KnownDefect, knownDefect, withoutHeader } from './known-defects.ts';

export const responseDefects: KnownDefect[] = [
  knownDefect(
    'an undeclared status',
    'getSettings',
    'declared status',
    changeReply(200, (reply) => Object.assign(reply, { status: 202 })),
  ),
  knownDefect('a declared header is missing', 'listApplications', 'declared header', withoutHeader(200, 'ratelimit')),
  knownDefect(
    'a header is missing from errors only',
    'listApplications',
    'declared header',
    withoutHeader(400, 'access-control-allow-origin'),
  ),
  knownDefect(
    'a header has a wrong value',
    'listApplications',
    'valid header',
    changeReply(200, (reply) => Object.assign(reply.headers, { 'access-control-allow-origin': 'null' })),
  ),
  knownDefect(
    'a malformed correlation id',
    'getSettings',
    'valid header',
    changeReply(200, (reply) => Object.assign(reply.headers, { 'x-correlation-id': 'X-1' })),
  ),
  knownDefect(
    'an undeclared field',
    'getIdentity',
    'body matches schema',
    changeBody(200, (body) => Object.assign(body, { passwordHash: 'x' })),
  ),
  knownDefect(
    'a missing field',
    'getIdentity',
    'body matches schema',
    changeBody(200, (body) => delete body.status),
  ),
  knownDefect(
    'a wrong type',
    'getIdentity',
    'body matches schema',
    changeBody(200, (body) => Object.assign(body, { lastName: 5 })),
  ),
  knownDefect(
    'a value outside its enumeration',
    'getIdentity',
    'body matches schema',
    changeBody(200, (body) => Object.assign(body, { status: 'active' })),
  ),
  knownDefect(
    'a date in another format',
    'getIdentity',
    'body matches schema',
    changeBody(200, (body) => Object.assign(body, { firstSeenDate: '20.02.2026' })),
  ),
  knownDefect(
    'one invalid item on a page',
    'listApplications',
    'body matches schema',
    changeBody(200, (body) => body.items?.[0] && Object.assign(body.items[0], { priority: null })),
  ),
  knownDefect(
    'a wrong content type',
    'listApplications',
    'media type',
    changeReply(200, (reply) => Object.assign(reply.headers, { 'content-type': 'text/plain' })),
  ),
  knownDefect(
    'an error without correlationId',
    'listApplications',
    'body matches schema',
    changeBody(400, (body) => delete body.correlationId),
  ),
  knownDefect(
    'different correlation ids in header and body',
    'listApplications',
    'correlation id',
    changeBody(400, (body) => Object.assign(body, { correlationId: 'a'.repeat(32) })),
  ),
  knownDefect(
    'a wrong error code',
    'listApplications',
    'error code',
    changeBody(400, (body) => Object.assign(body, { error: 'conflict' })),
  ),
];

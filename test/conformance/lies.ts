import type { Lie, Reply } from './broken-server.ts';

export interface Defect extends Lie {
  title: string;
  operations: string[];
  /** Where and how the kit must find it. */
  found: { subject: string | RegExp; check: string };
}
// biome-ignore lint/suspicious/noExplicitAny: a lie knows the shape of what it spoils.
type Body = any;

export const change = (reply: Reply, spoil: (body: Body) => unknown) => {
  if (reply.body === '') return;
  const body = JSON.parse(reply.body);
  spoil(body);
  reply.body = JSON.stringify(body);
};
export const onStatus = (status: number, spoil: (body: Body) => unknown): Lie => ({
  after: (reply) => {
    if (reply.status === status) change(reply, (body) => spoil(body));
  },
});
export const at = (status: number, act: (reply: Reply) => unknown): Lie => ({
  after: (reply) => {
    if (reply.status === status) act(reply);
  },
});
export const withoutHeader = (status: number, name: string): Lie => at(status, (reply) => delete reply.headers[name]);
export const lie = (title: string, operation: string, check: string, how: Lie, subject: string | RegExp = operation): Defect => ({
  title,
  operations: [operation],
  found: { subject, check },
  ...how,
});
export const family = (title: string, operation: string, check: string, how: Lie): Defect => ({
  ...lie(title, operation, check, how),
  operations: ['createToken'],
});

import type { Defect, Reply } from './defective-server.ts';

/** A defect with the failure that the kit must report for it. */
export interface KnownDefect extends Defect {
  title: string;
  /** Operations that the kit tests to find the defect. */
  operations: string[];
  expected: { subject: string; check: string };
}
// biome-ignore lint/suspicious/noExplicitAny: each defect knows the shape of the body that it changes.
type Body = any;

/** Changes the JSON body of a reply. A reply without a body stays as it is. */
export const editBody = (reply: Reply, edit: (body: Body) => unknown) => {
  if (reply.body === '') return;
  const body = JSON.parse(reply.body);
  edit(body);
  reply.body = JSON.stringify(body);
};
export const changeReply = (status: number, edit: (reply: Reply) => unknown): Defect => ({
  after: (reply) => {
    if (reply.status === status) edit(reply);
  },
});
export const changeBody = (status: number, edit: (body: Body) => unknown): Defect => changeReply(status, (reply) => editBody(reply, edit));
export const withoutHeader = (status: number, name: string): Defect => changeReply(status, (reply) => delete reply.headers[name]);

export const knownDefect = (title: string, operation: string, check: string, defect: Defect, subject = operation): KnownDefect => ({
  title,
  operations: [operation],
  expected: { subject, check },
  ...defect,
});
/** Returns a defect that the kit finds while it creates, reads, lists and deletes a token. `subject` is the operation that fails. */
export const lifecycleDefect = (title: string, subject: string, check: string, defect: Defect): KnownDefect =>
  knownDefect(title, 'createToken', check, defect, subject);

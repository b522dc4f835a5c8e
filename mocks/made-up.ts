import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Answer, Refusal } from './answers.ts';
import { exampleFor } from './prefer.ts';
import type { AskPrism } from './prism.ts';

type Said = { answer: Answer } | { refusal: Pick<Refusal, 'status' | 'code' | 'message' | 'errors'> };

const patienceMs = 3000;

/**
 * Generates responses in a worker thread, one after another, because Prism never ends for some schemas and would block all other requests.
 * After 3 seconds, the response is the example.
 */
export function createMadeUp(): { ask: AskPrism; stop: () => Promise<void> } {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function begin(): Promise<Worker> {
    const begun = new Worker(new URL('./made-up-worker.ts', import.meta.url));
    begun.unref();
    await once(begun, 'message');
    return begun;
  }

  async function askNow([operation, request, preferences]: Parameters<AskPrism>): Promise<Answer> {
    worker ??= await begin();
    const answered = once(worker, 'message') as Promise<[Said]>;
    worker.postMessage([operation, request, preferences]);
    const patience = new AbortController();
    const gaveUp = wait(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined);
    const said = await Promise.race([answered, gaveUp]);
    patience.abort();
    if (!said) {
      answered.catch(() => {});
      await worker.terminate();
      worker = undefined;
      return exampleFor(operation, preferences);
    }
    if ('answer' in said[0]) return said[0].answer;
    const { status, code, message, errors } = said[0].refusal;
    throw new Refusal(status, code, message, errors ? { errors } : {});
  }

  return {
    ask: (...call) => {
      const mine = last.then(() => askNow(call));
      last = mine.catch(() => {});
      return mine;
    },
    stop: async () => {
      await worker?.terminate();
    },
  };
}

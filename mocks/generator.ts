import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { exampleFor } from './prefer.ts';
import type { RequestPrism } from './prism.ts';
import { type MockResponse, Refusal } from './responses.ts';

type WorkerMessage = { response: MockResponse } | { refusal: Pick<Refusal, 'status' | 'code' | 'message' | 'errors'> };

const timeoutMs = 3000;

/**
 * Creates a generator of responses with values that match the schema. It runs Prism in a worker thread, one request at a time, because Prism never
 * finishes for some schemas and would block all other requests. If a response takes more than 3 seconds, it ends the worker and returns the example.
 */
export function createGenerator(): { request: RequestPrism; stop: () => Promise<void> } {
  let worker: Worker | undefined;
  let lastRequest: Promise<unknown> = Promise.resolve();

  async function startWorker(): Promise<Worker> {
    const started = new Worker(new URL('./generator-worker.ts', import.meta.url));
    started.unref();
    await once(started, 'message');
    return started;
  }

  async function requestWorker([operation, request, preferences]: Parameters<RequestPrism>): Promise<MockResponse> {
    worker ??= await startWorker();
    const received = once(worker, 'message') as Promise<[WorkerMessage]>;
    worker.postMessage([operation, request, preferences]);
    const timer = new AbortController();
    const timedOut = wait(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
    const [message] = (await Promise.race([received, timedOut])) ?? [];
    timer.abort();
    if (!message) {
      received.catch(() => {});
      await worker.terminate();
      worker = undefined;
      return exampleFor(operation, preferences);
    }
    if ('response' in message) return message.response;
    const { status, code, message: text, errors } = message.refusal;
    throw new Refusal(status, code, text, errors ? { errors } : {});
  }

  return {
    request: (...call) => {
      const response = lastRequest.then(() => requestWorker(call));
      lastRequest = response.catch(() => {});
      return response;
    },
    stop: async () => {
      await worker?.terminate();
    },
  };
}

import { parentPort } from 'node:worker_threads';
import { readContract } from './contract.ts';
import { createPrism, type RequestPrism } from './prism.ts';
import { toRefusal } from './responses.ts';

const requestPrism = await createPrism(readContract());
parentPort?.on('message', async (call: Parameters<RequestPrism>) => {
  try {
    parentPort?.postMessage({ response: await requestPrism(...call) });
  } catch (thrown) {
    const { status, code, message, errors } = toRefusal(thrown);
    parentPort?.postMessage({ refusal: { status, code, message, errors } });
  }
});
parentPort?.postMessage('ready');

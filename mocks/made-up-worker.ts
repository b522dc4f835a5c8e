import { parentPort } from 'node:worker_threads';
import { toRefusal } from './answers.ts';
import { readContract } from './contract.ts';
import { type AskPrism, createPrism } from './prism.ts';

const askPrism = await createPrism(readContract());
parentPort?.on('message', async (call: Parameters<AskPrism>) => {
  try {
    parentPort?.postMessage({ answer: await askPrism(...call) });
  } catch (thrown) {
    const { status, code, message, errors } = toRefusal(thrown);
    parentPort?.postMessage({ refusal: { status, code, message, errors } });
  }
});
parentPort?.postMessage('ready');

import { Worker as Thread } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Worker } from './worker.ts';

const restartMs = 1_000;
/** A build makes much that is soon forgotten; left alone, the garbage of its youth would take as much memory as all the rest. */
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1024 };

/** The worker in a thread of its own, so that a build never holds up a request; a thread that dies is started again. */
export function startWorkerThread(config: Config, log: Log): Worker {
  let isStopping = false;
  let restart: NodeJS.Timeout | undefined;
  let thread = start();

  function start(): Thread {
    const started = new Thread(new URL('./worker-thread.ts', import.meta.url), { workerData: config, resourceLimits });
    started.on('error', (error) => log.error({ err: error }, 'the worker thread died'));
    started.on('exit', () => {
      if (isStopping) return;
      restart = setTimeout(() => {
        thread = start();
      }, restartMs);
    });
    return started;
  }

  return {
    stop: async () => {
      isStopping = true;
      clearTimeout(restart);
      if (thread.threadId === -1) return;
      const ended = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('stop');
      await ended;
    },
  };
}

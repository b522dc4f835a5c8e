import { largestInputs } from '../test/support/largest-inputs.ts';
import { sendLargestInput } from '../test/support/send-largest-input.ts';

// The program that sends the requests of `inputs.ts`. For each message `{ url, secret, index, times }`, it sends the request with this index that often, one after
// another, and responds with the last status. It is a separate process, so that the CPU time of the server's process is that of the server.

const inputs = await largestInputs();

export interface SendOrder {
  url: string;
  secret: string;
  index: number;
  times: number;
}

process.on('message', async ({ url, secret, index, times }: SendOrder) => {
  const input = inputs[index] as (typeof inputs)[number];
  let status = 0;
  for (let count = 0; count < times; count++)
    // The server closes the connection of a body that it does not read.
    status = await sendLargestInput(url, secret, input, fetch).then(
      (response) => response.status,
      () => 0,
    );
  process.send?.(status);
});
process.send?.('ready');

import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { BodyForm } from './prepared-response.js';

interface Waiting {
  readonly response: ServerResponse;
  readonly send: () => void;
}

/** At so many they are sent at once: a client that sends one request after the other without waiting is slowed down by its responses. */
const MOST = 256;

const logger = new Logger('Server');
let waiting: Waiting[] = [];
let isPlanned = false;

/**
 * Calls `send` at the end of this turn of the event loop, when the requests that have arrived were read. The system wakes a client
 * process that waits for a response, which takes longer than to make one from memory. Of responses to the same process that are sent
 * one right after the other only the first wakes it.
 */
export function sendTogether(response: ServerResponse, send: () => void): void {
  waiting.push({ response, send });
  if (waiting.length >= MOST) sendAll();
  else if (!isPlanned) {
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      sendAll();
    });
  }
}

/** Calls `send` with the form at once where it is known; otherwise at the end of the turn in which it is. */
export function sendForm(
  response: ServerResponse,
  form: BodyForm | Promise<BodyForm>,
  send: (form: BodyForm) => void,
): void {
  if (!(form instanceof Promise)) send(form);
  else
    void form.then((known) => {
      sendTogether(response, () => {
        send(known);
      });
    });
}

function sendAll(): void {
  const all = waiting;
  waiting = [];
  for (const { response, send } of all) {
    try {
      send();
    } catch (error) {
      failed(response, error);
    }
  }
}

/** It is a defect of ours. The others must be sent all the same. */
function failed(response: ServerResponse, error: unknown): void {
  const { method, url } = response.req;
  logger.error(`${method} ${url}: the response could not be sent`, error instanceof Error ? error.stack : error);
  if (response.headersSent) response.destroy();
  else response.writeHead(500, ['content-length', '0', 'cache-control', 'no-store']).end();
}

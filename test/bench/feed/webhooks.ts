import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ADMIN_KEY } from '../reads/child.js';
import type { Scope } from '../scope.js';
import type { Streamed } from './streams.js';

interface Message {
  readonly data: { readonly changes?: readonly Streamed[] };
}

/** The receivers may be anywhere on this machine. */
export const LOOPBACK = '127.0.0.0/8';

/**
 * Subscribes so many webhooks to all changes, without a delay.
 * @param take is called with each change of each webhook, as it arrives
 * @returns what removes them
 */
export async function subscribe(
  scope: Scope,
  origin: string,
  count: number,
  take: (webhook: string, change: Streamed) => void,
): Promise<() => Promise<void>> {
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const port = await receive(scope, (change) => take(String(i), change));
    const body = JSON.stringify({ url: `http://127.0.0.1:${port}/`, delaySeconds: 0 });
    const answer = await fetch(`${origin}/api/v1/webhook`, { method: 'POST', headers, body });
    if (answer.status !== 201) throw new Error(`the webhook was answered with ${answer.status}`);
    ids.push(((await answer.json()) as { id: string }).id);
  }
  return async () => {
    for (const id of ids) {
      await fetch(`${origin}/api/v1/webhook/${id}`, {
        method: 'DELETE',
        headers: { authorization: headers.authorization },
      });
    }
  };
}

/** A receiver of its own for each: a host is sent four messages at a time. @returns its port */
async function receive(scope: Scope, take: (change: Streamed) => void): Promise<number> {
  const receiver = createServer((request, response) => {
    void changesIn(request).then((changes) => {
      for (const change of changes) take(change);
      response.writeHead(204).end();
    });
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  scope.defer(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  return (receiver.address() as AddressInfo).port;
}

async function changesIn(request: IncomingMessage): Promise<readonly Streamed[]> {
  return (JSON.parse(await text(request)) as Message).data.changes ?? [];
}

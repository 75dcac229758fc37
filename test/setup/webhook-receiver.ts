import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Change } from '../../src/changes/change.shape.js';

/** One message as it arrived. */
export interface Arrived {
  readonly id: string;
  readonly changes: readonly Change[];
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
}

/** A receiver of webhooks over real HTTP, which answers as a test says. */
export class WebhookReceiver {
  readonly arrived: Arrived[] = [];
  answer: (arrived: Arrived, response: ServerResponse) => void = (_, response) => response.writeHead(204).end();
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const { data } = JSON.parse(body) as { data?: { changes?: Change[] } };
      const { headers, url: path = '' } = request;
      const arrived = { id: String(headers['webhook-id']), changes: data?.changes ?? [], body, headers, path };
      this.arrived.push(arrived);
      this.answer(arrived, response);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  at(path: string): Arrived[] {
    return this.arrived.filter((one) => one.path === path);
  }
}

/** Whether the message is signed with the secret. The time of a test's clock is not that of the library's. */
export function isSignedWith(secret: string, { id, body, headers }: Arrived): boolean {
  const sentAt = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const signatures = String(headers['webhook-signature']).split(' ');
  return signatures.includes(new Webhook(secret).sign(id, sentAt, body));
}

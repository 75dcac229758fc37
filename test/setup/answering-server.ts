import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A supplier that answers as a test says, and notes what it was asked. */
export class AnsweringServer {
  readonly server: Server = createServer((request, response) => {
    this.requests.push(request);
    this.answer(request, response);
  });
  requests: IncomingMessage[] = [];
  answer: RequestListener = (_, response) => response.end('[]');

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** `127.0.0.1:port` */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/api/v1`;
  }
}

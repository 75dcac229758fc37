import { HttpService } from '@nestjs/axios';
import type { IncomingMessage, ServerResponse } from 'node:http';
import octo from '../../src/supplier/octo/index.js';
import type { RequestedSpan, SupplierClient } from '../../src/supplier/index.js';
import { octoProduct, octoSlot, octoTicket } from '../fixtures/octo-answers.js';
import { supplierSettings } from '../fixtures/supplier-spans.js';
import type { LocalDate } from '../../src/time/index.js';
import { AnsweringServer } from './answering-server.js';
import { TestClock } from './test-clock.js';

export const KEY = 'kQ7-the-key-that-nobody-may-see';

export const SPAN: RequestedSpan = {
  ...{ experienceId: 7, product: 'museum', option: 'morning', timeZone: 'Europe/Berlin' },
  ...{ first: '2026-06-01' as LocalDate, last: '2026-06-03' as LocalDate },
};

/** A body that is no text is sent as JSON. */
export type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** A supplier that speaks OCTO as a test says, and clients for it. */
export class OctoSupplier {
  readonly server = new AnsweringServer();
  readonly clock: TestClock;
  /** `POST /availability {…}` of each request. */
  readonly said: string[] = [];
  /** How many requests the clients reported beside those that they were granted. */
  extra = 0;
  answers: Record<'availability' | 'product' | 'products', Answer> = {
    availability: [200, [octoSlot(), octoTicket('2026-06-03')]],
    product: [200, octoProduct()],
    products: [200, [octoProduct()]],
  };

  private constructor(now: string) {
    this.clock = new TestClock(now);
    this.server.answer = (incoming, response) => void this.answer(incoming, response);
  }

  static async open(now: string): Promise<OctoSupplier> {
    const supplier = new OctoSupplier(now);
    await supplier.server.listen();
    return supplier;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  client(own: Readonly<Record<string, unknown>> = {}, timeoutMs = 10_000): SupplierClient {
    const settings = supplierSettings({ url: this.server.url, api: 'octo', apiKey: KEY, timeoutMs, own });
    const client = octo.create(settings, { http: new HttpService(), clock: this.clock });
    client.onExtraRequest(() => this.extra++);
    return client;
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(incoming);
    const path = (incoming.url ?? '').replace('/api/v1', '');
    this.said.push(`${incoming.method} ${path}${text === '' ? '' : ` ${text}`}`);
    const name = path === '/availability' ? 'availability' : path === '/products' ? 'products' : 'product';
    const [status, body, headers = {}] = this.answers[name];
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  }
}

export function thrownBy(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

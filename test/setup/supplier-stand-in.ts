import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of a supplier. A body that is no text is sent as JSON. */
export interface StandInAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface StandInRequest {
  readonly at: number;
  readonly experienceId: number;
  readonly date: string;
  readonly headers: IncomingMessage['headers'];
}

type Answer = (request: StandInRequest) => StandInAnswer | Promise<StandInAnswer>;

/** A supplier over real HTTP that answers whatever a test says: any status, any header, any body. */
export class SupplierStandIn {
  private readonly log: StandInRequest[] = [];
  private readonly server: Server;

  /** @param now epoch milliseconds */
  constructor(
    private answer: Answer,
    private readonly now: () => number = Date.now,
  ) {
    this.server = createServer((request, response) => void this.respond(request, response));
  }

  /** Resolves to the root of its API. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** From now on it answers this. */
  answers(answer: Answer): void {
    this.answer = answer;
  }

  /** Every request so far, oldest first. */
  requests(): StandInRequest[] {
    return [...this.log];
  }

  private async respond({ url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(url, 'http://supplier');
    const experienceId = Number(pathname.split('/').at(-1));
    const request = { at: this.now(), experienceId, date: searchParams.get('date') ?? '', headers };
    this.log.push(request);
    const { status = 200, headers: sent = {}, body = [] } = await this.answer(request);
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...sent }).end(status === 204 ? undefined : bytes);
  }
}

/** Slots at 10:00, 11:00 and 12:00 with 5, 4 and 3 left. */
export function goodDay(date: string): Record<string, unknown>[] {
  return [5, 4, 3].map((remaining, i) => standInSlot(date, `${10 + i}:00`, { remaining }));
}

/** One slot with an adult; `pax` changes that one, `slot` the rest. */
export function standInSlot(
  date: string,
  startTime: string,
  { pax = {}, ...slot }: Record<string, unknown> & { readonly pax?: Record<string, unknown> } = {},
): Record<string, unknown> {
  const price = { discount: 0, finalPrice: 100, originalPrice: 100, currencyCode: 'SGD' };
  const adult = {
    type: 'ADULT',
    name: 'Adult',
    description: '12-99',
    isPrimary: true,
    min: 1,
    max: 20,
    remaining: 50,
    price,
  };
  return {
    ...{ startDate: date, startTime, endTime: startTime, providerSlotId: `${date}T${startTime}`, variantId: 32 },
    ...{ remaining: 5, currencyCode: 'SGD', paxAvailability: [{ ...adult, ...pax }] },
    ...slot,
  };
}

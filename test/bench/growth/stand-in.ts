import { SandboxSupplier } from '../../../src/sandbox/index.js';
import type { LocalDate } from '../../../src/time/index.js';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Scope } from '../scope.js';

const PRODUCTS = 5;
const FIRST_PRODUCT = 14;

/** A supplier of any number of products, which answers at once. */
export class StandIn {
  /** When each request came, `performance.now()`. */
  readonly requests: number[] = [];

  private constructor(readonly url: string) {}

  static async start(scope: Scope): Promise<StandIn> {
    const sandbox = new SandboxSupplier({ products: PRODUCTS });
    const bodies = new Map<string, string>();
    const bodyOf = (id: number, date: LocalDate) => {
      const key = `${id} ${date}`;
      const body = bodies.get(key) ?? JSON.stringify(sandbox.truth(id, date));
      bodies.set(key, body);
      return body;
    };
    const server = createServer((request, response) => {
      standIn.requests.push(performance.now());
      const [, id = '', date = ''] = /inventory\/(\d+)\?date=([\d-]+)/.exec(request.url ?? '') ?? [];
      response.setHeader('content-type', 'application/json');
      response.end(bodyOf(FIRST_PRODUCT + (Number(id) % PRODUCTS), date as LocalDate));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    scope.defer(() => {
      server.closeAllConnections();
      server.close();
    });
    const standIn = new StandIn(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`);
    return standIn;
  }
}

import type { FastifyInstance } from 'fastify';
import { addControlRoutes } from './control-routes.js';
import type { Fault } from './fault.js';
import { Faults } from './faults.js';
import { httpApp } from './http-app.js';
import { InventoryAnswers } from './inventory-answers.js';
import { addInventoryRoute } from './inventory-route.js';
import { MovingTruth } from './moving-truth.js';
import { OctoApi, type OctoOptions } from './octo/octo-api.js';
import type { OctoSlot } from './octo/octo-slot.js';
import type { Product } from './product.js';
import { RateLimit } from './rate-limit.js';
import { type LoggedRequest, RequestLog } from './request-log.js';

const LOGGED_REQUESTS = 100_000;

export interface SandboxOptions {
  /** Decides everything that would otherwise be chance. */
  seed?: number;
  /** How many products it sells, from id 14 on. */
  products?: number;
  requestsPerMinute?: number;
  /** The only key that is accepted; without it, any key is. */
  apiKey?: string;
  /** Epoch milliseconds. */
  now?: () => number;
  /** How many times faster than real time its truth moves, from its making on: its clock runs ahead, and so its days sell out early. */
  speed?: number;
  octo?: OctoOptions;
}

/** A supplier to try things with: real HTTP, a real rate limit, a truth that moves, and faults on request. It speaks Leap and OCTO. */
export class SandboxSupplier {
  private readonly truthByDay: MovingTruth;
  private readonly faults = new Faults();
  private readonly log = new RequestLog(LOGGED_REQUESTS);
  private readonly answers: InventoryAnswers;
  private readonly octo: OctoApi;
  private running: { app: FastifyInstance; stopped: AbortController; address: string } | undefined;

  constructor({
    seed = 1,
    products = 5,
    requestsPerMinute = 30,
    apiKey,
    now = Date.now,
    speed = 1,
    octo,
  }: SandboxOptions = {}) {
    this.truthByDay = new MovingTruth({ seed, products, now, speed });
    const parts = { truth: this.truthByDay, faults: this.faults, log: this.log, now };
    this.answers = new InventoryAnswers({ ...parts, limit: new RateLimit(requestsPerMinute) }, apiKey);
    this.octo = new OctoApi(parts, apiKey, octo);
  }

  /** Resolves to the root of its Leap API. Port 0 is any free one. */
  async start({ host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {}): Promise<string> {
    if (this.running !== undefined) throw new Error('The sandbox supplier is already running');
    const app = httpApp();
    const stopped = new AbortController();
    addInventoryRoute(app, this.answers, stopped.signal);
    this.octo.addTo(app, stopped.signal);
    addControlRoutes(app, { truth: this.truthByDay, faults: this.faults, log: this.log, octo: this.octo });
    const address = await app.listen({ host, port });
    this.running = { app, stopped, address };
    this.octo.start();
    return `${address}/api/v1`;
  }

  /** Closes every connection at once, also those that wait for an answer. */
  async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    running?.stopped.abort();
    await running?.app.close();
    await this.octo.stop();
  }

  /** The root of its OCTO API, while it runs. */
  octoUrl(): string {
    if (this.running === undefined) throw new Error('The sandbox supplier is not running');
    return `${this.running.address}/octo`;
  }

  products(): Product[] {
    return this.truthByDay.products();
  }

  /** What the inventory would answer now, were nothing wrong; undefined for an unknown product. */
  truth(id: number, date: string): unknown {
    return this.truthByDay.at(id, date);
  }

  /** What OCTO would answer now, with prices, were nothing wrong; undefined for an unknown product or option. */
  octoTruth(productId: string, optionId: string, date: string): OctoSlot[] | undefined {
    return this.octo.slots(productId, optionId, date);
  }

  /** Any JSON in place of the truth; undefined gives the day back to its own course. */
  setTruth(id: number, date: string, slots: unknown): void {
    this.truthByDay.set(id, date, slots);
  }

  addFault(fault: Fault): void {
    this.faults.add(fault);
  }

  clearFaults(): void {
    this.faults.clear();
  }

  /** Looks for changes now. Resolves when all subscribers were notified of what has changed until now. */
  notifySubscribers(): Promise<void> {
    return this.octo.notifyNow();
  }

  /** Every arrival at either API, refused ones included, oldest first; the last 100,000 of them. */
  requests(): LoggedRequest[] {
    return this.log.list();
  }

  clearRequests(): void {
    this.log.clear();
  }
}

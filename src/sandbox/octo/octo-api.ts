import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults.js';
import type { MovingTruth } from '../moving-truth.js';
import { RateLimit } from '../rate-limit.js';
import type { RequestLog } from '../request-log.js';
import { Notifier } from './notifier.js';
import { OctoAnswers } from './octo-answers.js';
import { addOctoRoutes } from './octo-routes.js';
import type { OctoSlot } from './octo-slot.js';
import { OctoTruth } from './octo-truth.js';
import { Subscriptions } from './subscriptions.js';
import { TruthChanges } from './truth-changes.js';

export interface OctoOptions {
  /** Counted apart from Leap's. */
  requestsPerMinute?: number;
  /** The longest range that a request may ask for. */
  daysPerRequest?: number;
  /** Notifications go to any host; otherwise to this machine only. */
  notifyAnywhere?: boolean;
  /** How often it looks for changes to notify of. */
  notifyEveryMs?: number;
}

export interface SharedParts {
  truth: MovingTruth;
  faults: Faults;
  log: RequestLog;
  now: () => number;
}

/** The sandbox's second API: the same truth, faults and log as Leap's. */
export class OctoApi {
  private readonly truth: OctoTruth;
  private readonly answers: OctoAnswers;
  private readonly subscriptions: Subscriptions;
  private readonly notifier: Notifier;
  private readonly daysPerRequest: number;

  constructor(shared: SharedParts, apiKey: string | undefined, options: OctoOptions = {}) {
    const { requestsPerMinute = 65, daysPerRequest = 31, notifyAnywhere = false, notifyEveryMs = 250 } = options;
    this.truth = new OctoTruth(shared.truth);
    this.daysPerRequest = daysPerRequest;
    this.answers = new OctoAnswers({ ...shared, limit: new RateLimit(requestsPerMinute) }, apiKey);
    this.subscriptions = new Subscriptions(notifyAnywhere);
    const changes = new TruthChanges(this.truth);
    shared.truth.onSet((id, date) => changes.addByHand(id, date));
    this.notifier = new Notifier(changes, this.subscriptions, notifyEveryMs);
  }

  addTo(app: FastifyInstance, stopped: AbortSignal): void {
    const rules = { truth: this.truth, daysPerRequest: this.daysPerRequest };
    addOctoRoutes(app, { rules, subscriptions: this.subscriptions, answers: this.answers }, stopped);
  }

  start(): void {
    this.notifier.start();
  }

  stop(): Promise<void> {
    return this.notifier.stop();
  }

  slots(productId: string, optionId: string, date: string): OctoSlot[] | undefined {
    const sold = this.truth.product(productId);
    const option = sold?.options.find(({ id }) => id === optionId);
    return sold && option && this.truth.slots(sold, option, date, this.truth.now());
  }

  notifyNow(): Promise<void> {
    return this.notifier.notifyNow();
  }
}

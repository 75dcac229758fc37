import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ChangeFeed, changeCursor, parseFeedCursor } from '../changes/index.js';
import { ServerSettings } from '../config/index.js';
import type { Actor } from '../http/index.js';
import { newSecret } from './signature.js';
import { DEFAULT_SETTINGS, type StoredWebhook } from './stored-webhook.js';
import { WebhookSenders } from './webhook-senders.js';
import { urlProblem } from './webhook-url.js';
import { Webhooks } from './webhooks.js';

/** More dates are collected than for others while messages are under way: a message names many of them. */
const BATCH_SIZE = 1_000;
/** How many one reseller may have. */
export const MOST_OF_RESELLER = 20;

export interface Reseller {
  readonly name: string;
  readonly requestId: string;
}

/** What a reseller decides of a subscription. */
export interface SubscriptionSettings {
  readonly url: string;
  /** Raw pairs. */
  readonly headers: string[];
}

type Subscription = SubscriptionSettings & { readonly id: string };

/** Webhooks that resellers have made for themselves. Each sees its own, while messages are sent to them. */
@Injectable()
export class ResellerSubscriptions {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly senders: WebhookSenders,
    private readonly feed: ChangeFeed,
    private readonly settings: ServerSettings,
  ) {}

  /** @returns what is wrong with a URL; null: nothing */
  urlProblem(url: string): string | null {
    return urlProblem(url, this.settings.webhookNetworks);
  }

  async list({ name }: Reseller): Promise<Subscription[]> {
    return (await this.webhooks.list(name)).filter(isLive);
  }

  /** Undefined: the reseller has none with this id, or has lost it. */
  async find(reseller: Reseller, id: string): Promise<Subscription | undefined> {
    return (await this.list(reseller)).find((each) => each.id === id);
  }

  /**
   * A second one for the same URL is the first one: its answer may have been lost. One that has ended begins anew.
   * @returns null: there are too many
   */
  async add(reseller: Reseller, { url, headers }: SubscriptionSettings): Promise<Subscription | null> {
    const own = await this.webhooks.list(reseller.name);
    const withUrl = own.filter((each) => each.url === url);
    const same = withUrl.find(isLive) ?? withUrl[0];
    if (same && isLive(same)) return (await this.change(reseller, same.id, { headers })) ?? null;
    if (same) await this.webhooks.remove(actorOf(reseller), same.id);
    else if (own.length >= MOST_OF_RESELLER || (await this.webhooks.isFull())) return null;
    const cursor = changeCursor(await this.feed.begin(parseFeedCursor('now')));
    const settings = { ...DEFAULT_SETTINGS, batchSize: BATCH_SIZE, url, headers, reseller: reseller.name };
    const id = randomUUID();
    const row = await this.webhooks.add(actorOf(reseller), id, settings, newSecret(), cursor);
    if (row.id !== id) return (await this.change(reseller, row.id, { headers })) ?? null;
    await this.senders.added();
    return row;
  }

  /** Undefined: as for `find`. */
  async change(
    reseller: Reseller,
    id: string,
    settings: Partial<SubscriptionSettings>,
  ): Promise<Subscription | undefined> {
    if (!(await this.find(reseller, id))) return undefined;
    const row = await this.webhooks.change(actorOf(reseller), id, settings);
    await this.senders.changed(id);
    return row ?? undefined;
  }

  /** @returns whether it was there */
  async remove(reseller: Reseller, id: string): Promise<boolean> {
    if (!(await this.find(reseller, id))) return false;
    const removed = await this.webhooks.remove(actorOf(reseller), id);
    await this.senders.changed(id);
    return removed;
  }
}

/** OCTO has no word for a subscription that was given up, so its reseller has to see that it is gone. */
function isLive({ state }: StoredWebhook): boolean {
  return state === 'active' || state === 'paused';
}

function actorOf({ name, requestId }: Reseller): Actor {
  return { name: `octo:${name}`, requestId };
}

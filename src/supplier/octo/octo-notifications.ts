import type { Mask } from '../../secrets/index.js';
import type { BodyMeaning, Meaning } from '../answer-meaning.js';
import type { SupplierRequest } from '../exchange.js';
import { isObject } from '../own-words.js';
import type { Reading, ReceivedAnswer } from '../seen-answer.js';
import type { SupplierWait } from '../supplier-client.js';
import { SupplierFailure } from '../supplier-error.js';
import type { SupplierNotifications } from '../supplier-notifications.js';
import { octoListMeaning, octoObjectMeaning } from './octo-meaning.js';
import { parsedBody } from './parsed-body.js';

const CAPABILITY = 'octo/notifications';
const PATH = '/notifications/subscriptions';
const TYPES = ['AVAILABILITY_UPDATE', 'PRODUCT_UPDATE'];
const MOST_ID = 200;
/** What says that there is no such thing, or nothing to say. */
const NOTHING: readonly string[] = ['gone', 'not_found', 'no_availability'];

export interface NotificationNeeds {
  readonly send: (request: SupplierRequest) => Promise<ReceivedAnswer>;
  readonly headers: (capability: string) => Record<string, string>;
  readonly reading: () => Reading;
  /** Called with the wait that an answer names. */
  readonly onWait: (wait: SupplierWait) => void;
}

/** Subscriptions of OCTO: capability `octo/notifications`. */
export class OctoNotifications implements SupplierNotifications {
  constructor(private readonly needs: NotificationNeeds) {}

  /** A supplier without a list of its capabilities sends none. */
  async isOffered(): Promise<boolean> {
    const list = (await this.list('/capabilities')) ?? [];
    return list.some((entry) => [CAPABILITY, 'notifications'].includes(String(isObject(entry) ? entry.id : entry)));
  }

  async find(url: string): Promise<string | null | undefined> {
    const list = await this.list(PATH);
    if (list === undefined) return undefined;
    const found = list.find((entry) => isObject(entry) && entry.url === url);
    return found === undefined ? null : this.idIn(found);
  }

  async isKnown(id: string): Promise<boolean> {
    const meaning = await this.ask('GET', pathOf(id));
    if (meaning instanceof SupplierFailure && NOTHING.includes(meaning.kind)) return false;
    this.body(meaning);
    return true;
  }

  async subscribe(url: string): Promise<string> {
    const { body } = this.body(await this.ask('POST', PATH, { url, notificationTypes: TYPES }));
    return this.idIn(parsedBody(body));
  }

  async unsubscribe(id: string): Promise<void> {
    const meaning = await this.ask('DELETE', pathOf(id));
    if (!(meaning instanceof SupplierFailure && NOTHING.includes(meaning.kind))) this.body(meaning);
  }

  /** Undefined: the supplier has no such route. */
  private async list(path: string): Promise<readonly unknown[] | undefined> {
    const answer = await this.send('GET', path);
    const meaning = octoListMeaning(answer, this.needs.reading());
    if (meaning instanceof SupplierFailure && NOTHING.includes(meaning.kind)) return undefined;
    const list = parsedBody(this.body(meaning).body);
    if (!Array.isArray(list)) throw new SupplierFailure('bad_answer', `GET ${path}: expected a list`);
    return list as readonly unknown[];
  }

  private async ask(method: SupplierRequest['method'], path: string, body?: unknown): Promise<Meaning> {
    return octoObjectMeaning(await this.send(method, path, body), this.needs.reading());
  }

  private async send(method: SupplierRequest['method'], path: string, body?: unknown): Promise<ReceivedAnswer> {
    const { send, headers } = this.needs;
    const answer = await send({ method, path, headers: headers(CAPABILITY), ...(body !== undefined && { body }) });
    // Many answer 201 to a POST, and some 202 to a DELETE.
    return [201, 202].includes(answer.status) ? { ...answer, status: 200 } : answer;
  }

  private body(meaning: Meaning): BodyMeaning {
    if (meaning instanceof Error) throw meaning;
    if (meaning.wait) this.needs.onWait(meaning.wait);
    return meaning;
  }

  /** An id that holds a secret, such as our address, would be logged and shown. */
  private idIn(subscription: unknown): string {
    const id = isObject(subscription) ? subscription.id : undefined;
    const text = typeof id === 'number' ? String(id) : id;
    const isId = typeof text === 'string' && text !== '' && text.length <= MOST_ID && !text.includes('\0');
    if (isId && this.mask.text(text) === text) return text;
    throw new SupplierFailure('bad_answer', `${PATH}: expected a subscription with an id`);
  }

  private get mask(): Mask {
    return this.needs.reading().mask;
  }
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

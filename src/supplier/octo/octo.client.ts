import type { HttpService } from '@nestjs/axios';
import type { SupplierSettings } from '../../config/index.js';
import type { Mask } from '../../secrets/index.js';
import type { Clock } from '../../time/index.js';
import { answerAge } from '../answer-age.js';
import type { BodyMeaning } from '../answer-meaning.js';
import { Exchange, type SupplierRequest } from '../exchange.js';
import { quotaOf } from '../quota.js';
import type { Reading } from '../seen-answer.js';
import {
  SupplierClient,
  type ListedProduct,
  type RequestedSpan,
  type SupplierAnswer,
  type SupplierWait,
} from '../supplier-client.js';
import { SupplierFailure, SupplierRefusal } from '../supplier-error.js';
import { listedProducts } from './list-products.js';
import { withoutNet } from './net-mask.js';
import { octoListMeaning, octoObjectMeaning } from './octo-meaning.js';
import { OctoNotifications } from './octo-notifications.js';
import { optionOf, type OctoProduct } from './octo-product.js';
import type { RequestedAvailability } from './octo-request.js';
import type { OctoSettings } from './octo-settings.js';
import { ProductCache } from './product-cache.js';
import { hasDays, MIRRORED, offersDays, unknownDates } from './read-mirrored.js';
import { readOctoAnswer } from './read-octo-answer.js';
import { readProductAnswer, readProductsAnswer } from './read-product-answers.js';
import { timeLeft, type TimeLeft } from './time-left.js';

/** By convention the id of the only option of a product, also where the product lists none. */
const DEFAULT_OPTION = 'DEFAULT';
const PRICING = 'octo/pricing';

interface Newer {
  readonly product: OctoProduct | null;
  readonly wait: SupplierWait | null;
}

/** OCTO: `POST /availability` answers a span of dates; `GET /products/:id` says what its units are. */
export class OctoClient extends SupplierClient {
  readonly daysPerRequest: number;
  override readonly listsProducts = true;
  override readonly notifications: OctoNotifications;
  private readonly exchange: Exchange;
  private readonly products: ProductCache;
  private readonly mask: Mask;
  /** The supplier is a mirror that gives days as they are stored. */
  private offersDays = false;

  constructor(
    http: HttpService,
    private readonly settings: SupplierSettings,
    private readonly own: OctoSettings,
    private readonly clock: Clock,
  ) {
    super();
    this.daysPerRequest = own.daysPerRequest;
    this.exchange = new Exchange(http, settings, () => {
      this.emitExtraRequest();
    });
    this.mask = withoutNet(this.exchange.mask);
    this.products = new ProductCache((id, timeoutMs) => this.fetchProduct(id, timeoutMs), clock);
    this.notifications = new OctoNotifications({
      send: (request) => this.exchange.send(request),
      headers: (capability) => this.headers(capability),
      reading: () => this.reading(),
      onWait: (wait) => {
        this.emitWait(wait);
      },
    });
  }

  async fetchSpan(span: RequestedSpan): Promise<SupplierAnswer> {
    const leftMs = timeLeft(this.settings.timeoutMs, this.clock);
    const product = await this.productOf(span, leftMs());
    const sentAt = this.clock.now();
    const answer = await this.exchange.send(this.availabilityOf(span, product), leftMs());
    const reading = this.reading();
    const meaning = octoListMeaning(answer, reading);
    if (meaning instanceof Error) throw meaning;
    const said = { sentAt, mirrored: hasDays(answer.header), unknown: unknownDates(answer.header) };
    const read = (of: OctoProduct | null): SupplierAnswer['days'] => this.read(meaning, this.readBy(span, of, said));
    const days = read(product);
    const newer = lacksUnits(days) && !meaning.wait ? await this.newer(span.product, leftMs) : null;
    return {
      days: newer?.product ? read(newer.product) : days,
      ageMs: answerAge(reading.now, answer.header),
      quota: quotaOf(reading.now, answer.header),
      wait: newer?.wait ?? meaning.wait,
    };
  }

  override async listProducts(): Promise<readonly ListedProduct[]> {
    const { asOf } = this.products;
    const answer = await this.exchange.send(this.get('/products'));
    const meaning = octoListMeaning(answer, this.reading());
    if (meaning instanceof Error) throw meaning;
    if (meaning.wait) this.emitWait(meaning.wait);
    this.offersDays = offersDays(answer.header);
    const products = readProductsAnswer(meaning.body, this.mask);
    for (const product of products) this.products.put(product, asOf);
    return listedProducts(products);
  }

  override noteProductChange(product: string): void {
    this.products.noteChange(product);
  }

  /** An unreadable list still carries the wait that the supplier named. */
  private read({ body, wait }: BodyMeaning, requested: RequestedAvailability): SupplierAnswer['days'] {
    try {
      return readOctoAnswer(body, requested);
    } catch (error) {
      throw error instanceof SupplierFailure ? new SupplierFailure(error.kind, error.detail, wait) : error;
    }
  }

  /** Without an option only the product says which one it is. To guess one would fetch the days of another, or of none. */
  private productOf({ product, option }: RequestedSpan, timeoutMs: number): Promise<OctoProduct | null> {
    return option === null ? this.products.need(product, timeoutMs) : this.products.get(product, timeoutMs);
  }

  private readBy(
    { option, timeZone, first, last }: RequestedSpan,
    product: OctoProduct | null,
    said: Pick<RequestedAvailability, 'sentAt' | 'mirrored' | 'unknown'>,
  ): RequestedAvailability {
    const units = (product && optionOf(product, option)?.units) ?? new Map();
    const currencies = [this.own.currency, product?.currency].filter((code) => typeof code === 'string');
    return { first, last, timeZone, ...said, units, currencies, mask: this.mask };
  }

  /** The answer has a unit that the product did not list. What keeps a newer product from us does not spoil the answer. */
  private async newer(id: string, leftMs: TimeLeft): Promise<Newer> {
    try {
      return { product: await this.products.getNewer(id, leftMs()), wait: null };
    } catch (error) {
      if (error instanceof SupplierRefusal) return { product: null, wait: error };
      if (error instanceof SupplierFailure) return { product: null, wait: error.wait };
      throw error;
    }
  }

  /** @throws SupplierRefusal also if the answer is a product, and names a wait: the availability can't be requested then */
  private async fetchProduct(id: string, timeoutMs: number): Promise<OctoProduct> {
    this.emitExtraRequest();
    const { asOf } = this.products;
    const path = `/products/${encodeURIComponent(id)}`;
    try {
      const answer = await this.exchange.send(this.get(path), timeoutMs);
      const meaning = octoObjectMeaning(answer, this.reading());
      if (meaning instanceof Error) throw meaning;
      this.offersDays = offersDays(answer.header);
      const product = readProductAnswer(meaning.body, this.mask);
      this.products.put(product, asOf);
      if (meaning.wait) throw new SupplierRefusal(meaning.wait.until, meaning.wait.detail);
      return product;
    } catch (error) {
      if (!(error instanceof SupplierFailure)) throw error;
      throw new SupplierFailure(error.kind, `GET ${path.slice(0, 100)}: ${error.detail}`, error.wait);
    }
  }

  private availabilityOf({ product, option, first, last }: RequestedSpan, known: OctoProduct | null): SupplierRequest {
    const { currency } = this.own;
    const optionId = option ?? (known && optionOf(known, null)?.id) ?? DEFAULT_OPTION;
    const span = { productId: product, optionId, localDateStart: first, localDateEnd: last };
    return {
      method: 'POST',
      path: '/availability',
      headers: this.headers(this.offersDays ? `${PRICING}, ${MIRRORED}` : PRICING),
      body: currency === null ? span : { ...span, currency },
    };
  }

  private get(path: string): SupplierRequest {
    return { method: 'GET', path, headers: this.headers() };
  }

  private headers(capability = PRICING): Record<string, string> {
    return {
      authorization: `Bearer ${this.settings.apiKey}`,
      'octo-capabilities': capability,
      ...(this.own.env !== null && { 'octo-env': this.own.env }),
    };
  }

  private reading(): Reading {
    return { now: this.clock.now(), mask: this.mask, proxy: this.settings.proxy };
  }
}

function lacksUnits(days: SupplierAnswer['days']): boolean {
  return [...days.values()].some(
    (day) => !(day instanceof Error) && day.oddities.some(({ code }) => code === 'unknown_pax_type'),
  );
}

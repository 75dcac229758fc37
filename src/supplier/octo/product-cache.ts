import { LRUCache } from 'lru-cache';
import type { Clock } from '../../time/index.js';
import { SupplierFailure } from '../supplier-error.js';
import type { OctoProduct } from './octo-product.js';

/** Units of all products in memory, some hundred bytes each. */
const MOST_UNITS = 50_000;
/** Products rarely change. */
const REFRESH_AFTER_MS = 86_400_000;
/** After this a product may be fetched again that could not be read, or does not list a unit that has a price. */
const RETRY_AFTER_MS = 3_600_000;
/** The same of a product that has changed, and could not be fetched since then. */
const CHANGED_RETRY_MS = 300_000;
/** Products whose last change is remembered. */
const MOST_CHANGED = 10_000;

/** Without a known product these stop the span: the request for its availability would probably fail likewise. */
const STOPS_THE_SPAN: readonly string[] = ['unauthorized', 'timeout', 'unreachable'];

interface Known {
  /** Null: it could not be read. */
  readonly product: OctoProduct | null;
  readonly at: number;
  /** The changes that had been announced when its request was sent. */
  readonly asOf: number;
  /** The last request for it failed. */
  readonly failed: boolean;
}

type Fetch = (id: string, timeoutMs: number) => Promise<OctoProduct>;

/** The products of a supplier, each fetched when it is needed first. */
export class ProductCache {
  private readonly known = new LRUCache<string, Known>({
    maxSize: MOST_UNITS,
    sizeCalculation: ({ product }) => 1 + (product?.options ?? []).reduce((sum, { units }) => sum + 1 + units.size, 0),
  });
  private readonly changedAt = new LRUCache<string, number>({ max: MOST_CHANGED });
  /** How many changes were announced, of any product. */
  private announced = 0;
  private readonly underWay = new Map<string, Promise<OctoProduct | null>>();

  constructor(
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {}

  /** To be asked before a request is sent: what is announced from then on may not be in its answer. */
  get asOf(): number {
    return this.announced;
  }

  put(product: OctoProduct, asOf: number): void {
    this.known.set(product.id, this.now({ product, asOf, failed: false }));
  }

  noteChange(id: string): void {
    this.changedAt.set(id, ++this.announced);
  }

  /**
   * @returns null: the supplier answers, but the product can't be read
   * @throws SupplierRefusal; SupplierFailure if no other request may or need be sent for the product now
   */
  async get(id: string, timeoutMs: number): Promise<OctoProduct | null> {
    const known = this.known.get(id);
    if (!known) return this.refresh(id, timeoutMs);
    return this.ageOf(known) < this.keptMs(id, known) ? known.product : this.refresh(id, timeoutMs);
  }

  /** A newer product, because the known one lacks something; the known one if it was fetched lately. Otherwise as `get`. */
  async getNewer(id: string, timeoutMs: number): Promise<OctoProduct | null> {
    const known = this.known.get(id);
    return known && this.ageOf(known) < RETRY_AFTER_MS ? known.product : this.refresh(id, timeoutMs);
  }

  /** One request for all who need it at the same time. */
  private refresh(id: string, timeoutMs: number): Promise<OctoProduct | null> {
    const request = this.underWay.get(id) ?? this.fetchOrKeep(id, timeoutMs).finally(() => this.underWay.delete(id));
    this.underWay.set(id, request);
    return request;
  }

  private async fetchOrKeep(id: string, timeoutMs: number): Promise<OctoProduct | null> {
    const known = this.known.get(id);
    const { asOf } = this;
    try {
      const product = await this.fetch(id, timeoutMs);
      this.known.set(id, this.now({ product, asOf, failed: false }));
      return product;
    } catch (error) {
      if (!(error instanceof SupplierFailure) || error.wait || error.kind === 'gone') throw error;
      const product = known?.product ?? null;
      if (!product && STOPS_THE_SPAN.includes(error.kind)) throw error;
      this.known.set(id, this.now({ product, asOf: known?.asOf ?? asOf, failed: true }));
      return product;
    }
  }

  private now(of: Omit<Known, 'at'>): Known {
    return { ...of, at: this.clock.now().getTime() };
  }

  /** How long a product is taken as it is known. */
  private keptMs(id: string, { product, asOf, failed }: Known): number {
    const isChanged = (this.changedAt.get(id) ?? 0) > asOf;
    if (isChanged) return failed ? CHANGED_RETRY_MS : 0;
    return product ? REFRESH_AFTER_MS : RETRY_AFTER_MS;
  }

  private ageOf({ at }: Known): number {
    return this.clock.now().getTime() - at;
  }
}

import { LRUCache } from 'lru-cache';
import type { FailureKind } from '../../inventory/index.js';
import type { Clock } from '../../time/index.js';
import { SupplierFailure } from '../supplier-error.js';
import type { OctoProduct } from './octo-product.js';

/** Units of all products in memory, some hundred bytes each. */
const MOST_UNITS = 50_000;
/** Products rarely change. */
const REFRESH_AFTER_MS = 86_400_000;
/** After this a product may be fetched again that could not be read, or does not list a unit that has a price. */
const RETRY_AFTER_MS = 3_600_000;
/** The same of a product that has changed, and could not be fetched since then; and of one that the supplier failed to give. */
const RETRY_SOON_MS = 300_000;
/** No span is tried again sooner, so that a failure after this is one of a new try, and not of the neighbour's. */
const AGAIN_AFTER_MS = 5_000;
/** Products whose last change, or first failure, is remembered. */
const MOST_REMEMBERED = 10_000;

/** Without a known product these stop the span: the request for its availability would probably fail likewise. */
const STOPS_THE_SPAN: readonly FailureKind[] = ['unauthorized', 'timeout', 'unreachable'];
/**
 * These say nothing about the product and often pass: the first one stops the span, which is soon tried again. Days that are
 * read without the product are wrong where one of its units takes several places.
 */
const MAY_PASS: readonly FailureKind[] = ['supplier_error', 'not_the_api', 'moved'];
/** Of a span these say that there are no slots. Of its product they do not. */
const NO_SLOTS: readonly FailureKind[] = ['not_found', 'no_availability'];

interface Known {
  /** Null: it could not be read. */
  readonly product: OctoProduct | null;
  readonly at: number;
  /** The changes that had been announced when its request was sent. */
  readonly asOf: number;
  /** How the last request for it failed; null: it did not. */
  readonly failed: FailureKind | null;
}

type Fetch = (id: string, timeoutMs: number) => Promise<OctoProduct>;

/** The products of a supplier, each fetched when it is needed first. */
export class ProductCache {
  private readonly known = new LRUCache<string, Known>({
    maxSize: MOST_UNITS,
    sizeCalculation: ({ product }) => 1 + (product?.options ?? []).reduce((sum, { units }) => sum + 1 + units.size, 0),
  });
  private readonly changedAt = new LRUCache<string, number>({ max: MOST_REMEMBERED });
  /** When a request for an unknown product first failed in a way that may pass. */
  private readonly failingSince = new LRUCache<string, number>({ max: MOST_REMEMBERED });
  /** How many changes were announced, of any product. */
  private announced = 0;
  private readonly underWay = new Map<string, Promise<OctoProduct | SupplierFailure>>();

  constructor(
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {}

  /** To be asked before a request is sent: what is announced from then on may not be in its answer. */
  get asOf(): number {
    return this.announced;
  }

  put(product: OctoProduct, asOf: number): void {
    this.failingSince.delete(product.id);
    this.known.set(product.id, this.now({ product, asOf, failed: null }));
  }

  noteChange(id: string): void {
    this.changedAt.set(id, ++this.announced);
  }

  /**
   * @returns null: the supplier answers, but the product can't be read
   * @throws SupplierRefusal; SupplierFailure if no other request may or need be sent for the product now
   */
  async get(id: string, timeoutMs: number): Promise<OctoProduct | null> {
    const known = this.fresh(id);
    return known ? known.product : orNull(await this.refresh(id, timeoutMs));
  }

  /** The same where nothing can be requested without the product. @throws SupplierFailure also if it can't be read */
  async need(id: string, timeoutMs: number): Promise<OctoProduct> {
    const found = this.fresh(id)?.product ?? (await this.refresh(id, timeoutMs));
    if (!(found instanceof SupplierFailure)) return found;
    throw NO_SLOTS.includes(found.kind) ? new SupplierFailure('bad_answer', found.detail) : found;
  }

  /** A newer product, because the known one lacks something; the known one if it was fetched lately. Otherwise as `get`. */
  async getNewer(id: string, timeoutMs: number): Promise<OctoProduct | null> {
    const known = this.known.get(id);
    return known && this.ageOf(known) < RETRY_AFTER_MS ? known.product : orNull(await this.refresh(id, timeoutMs));
  }

  /** One request for all who need it at the same time. */
  private refresh(id: string, timeoutMs: number): Promise<OctoProduct | SupplierFailure> {
    const request = this.underWay.get(id) ?? this.fetchOrKeep(id, timeoutMs).finally(() => this.underWay.delete(id));
    this.underWay.set(id, request);
    return request;
  }

  /** @returns a failure: it has to be done without */
  private async fetchOrKeep(id: string, timeoutMs: number): Promise<OctoProduct | SupplierFailure> {
    const known = this.known.get(id);
    const { asOf } = this;
    try {
      const product = await this.fetch(id, timeoutMs);
      this.failingSince.delete(id);
      this.known.set(id, this.now({ product, asOf, failed: null }));
      return product;
    } catch (error) {
      if (!(error instanceof SupplierFailure) || error.wait || error.kind === 'gone') throw error;
      const product = known?.product ?? null;
      if (!product && (STOPS_THE_SPAN.includes(error.kind) || this.isFirst(id, error))) throw error;
      this.known.set(id, this.now({ product, asOf: known?.asOf ?? asOf, failed: error.kind }));
      return product ?? error;
    }
  }

  /** The failure may pass, and the product has not failed so in an earlier try. */
  private isFirst(id: string, { kind }: SupplierFailure): boolean {
    if (!MAY_PASS.includes(kind)) return false;
    const now = this.clock.now().getTime();
    const since = this.failingSince.get(id) ?? now;
    this.failingSince.set(id, since);
    return now - since < AGAIN_AFTER_MS;
  }

  private fresh(id: string): Known | undefined {
    const known = this.known.get(id);
    return known && this.ageOf(known) < this.keptMs(id, known) ? known : undefined;
  }

  private now(of: Omit<Known, 'at'>): Known {
    return { ...of, at: this.clock.now().getTime() };
  }

  /** How long a product is taken as it is known. */
  private keptMs(id: string, { product, asOf, failed }: Known): number {
    const isChanged = (this.changedAt.get(id) ?? 0) > asOf;
    if (isChanged) return failed ? RETRY_SOON_MS : 0;
    if (product) return REFRESH_AFTER_MS;
    return failed && MAY_PASS.includes(failed) ? RETRY_SOON_MS : RETRY_AFTER_MS;
  }

  private ageOf({ at }: Known): number {
    return this.clock.now().getTime() - at;
  }
}

function orNull(found: OctoProduct | SupplierFailure): OctoProduct | null {
  return found instanceof SupplierFailure ? null : found;
}

import type { Product } from './product.js';
import { productOf, productsOf } from './products.js';
import { slotsOf } from './truth.js';

export interface MovingTruthOptions {
  seed: number;
  products: number;
  now: () => number;
  /** How many times faster than real time the truth moves, from its making on. */
  speed: number;
}

/** The truth at this instant, and the days that somebody has set by hand. */
export class MovingTruth {
  private readonly startedAt: number;
  private readonly byHand = new Map<string, unknown>();
  private readonly listeners: ((id: number, date: string) => void)[] = [];

  constructor(private readonly options: MovingTruthOptions) {
    this.startedAt = options.now();
  }

  products(): Product[] {
    return productsOf(this.options.products, this.options.seed);
  }

  knows(id: number): boolean {
    return this.product(id) !== undefined;
  }

  /** The slots at that instant, or whatever JSON was set by hand; undefined for an unknown product. */
  at(id: number, date: string, now = this.now()): unknown {
    const product = this.product(id);
    if (product === undefined) return undefined;
    const key = `${id}/${date}`;
    if (this.byHand.has(key)) return this.byHand.get(key);
    return slotsOf(product, date, now, this.options.seed);
  }

  /** Undefined gives the day back to its own course. */
  set(id: number, date: string, answer: unknown): void {
    if (!this.knows(id)) throw new RangeError(`The sandbox sells no product ${id}`);
    if (answer === undefined) this.byHand.delete(`${id}/${date}`);
    else this.byHand.set(`${id}/${date}`, answer);
    for (const listener of this.listeners) listener(id, date);
  }

  /** Calls `listener` whenever a day is set by hand or given back. */
  onSet(listener: (id: number, date: string) => void): void {
    this.listeners.push(listener);
  }

  product(id: number): Product | undefined {
    return productOf(id, this.options.products, this.options.seed);
  }

  /** The instant that the truth has come to. */
  now(): number {
    return this.startedAt + (this.options.now() - this.startedAt) * this.options.speed;
  }
}

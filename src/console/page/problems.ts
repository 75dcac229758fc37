import type { OddityCode } from '../../inventory/oddity.shape.js';
import type { ErrorReport, OddityReport } from '../../sync/monitoring/trouble.shape.js';
import type { LeftOut, MainProblem } from './known-supplier.js';

/** What is wrong with one product, for one cause. */
export interface ProblemProduct {
  /** Its requests bring no slots; otherwise they bring odd ones. */
  readonly fails: boolean;
  readonly experienceId: number;
  readonly words: string;
  /** The day that it was seen on last, and the first of all. */
  readonly date: string;
  readonly dates: readonly string[];
  readonly days: number;
  readonly since: string;
  readonly last: string;
}

/** What is wrong with products of one supplier, for one cause. */
export interface Problem {
  readonly supplier: string;
  readonly fails: boolean;
  readonly cause: string;
  /** Those of the product that it was seen on last. */
  readonly words: string;
  readonly advice: string;
  readonly days: number;
  readonly since: string;
  readonly last: string;
  /** When the first of the days is tried again; null: none is. */
  readonly retryAt: string | null;
  readonly products: readonly ProblemProduct[];
}

interface Entry extends ProblemProduct, Pick<Problem, 'supplier' | 'cause' | 'advice' | 'retryAt'> {}

/** Requests that bring no slots, by supplier and cause. */
export function failuresOf(errors: readonly ErrorReport[]): Problem[] {
  return grouped(
    errors.map(({ error, cause, failedAt, ...entry }) => {
      const prefix = `${cause}: `;
      const words = error.startsWith(prefix) ? error.slice(prefix.length) : error;
      return { ...entry, fails: true, cause, words, last: failedAt };
    }),
  );
}

/** What was odd about answers that were taken, by supplier and kind. */
export function odditiesOf(oddities: readonly OddityReport[]): Problem[] {
  return grouped(
    oddities.map(({ code, detail, seenAt, ...entry }) => {
      return { ...entry, fails: false, cause: code, words: detail, last: seenAt, retryAt: null };
    }),
  );
}

/** The problem of most days of a supplier; null: it has none. */
export function mainProblem(problems: readonly Problem[], supplier: string): MainProblem | null {
  const own = problems.filter((problem) => problem.supplier === supplier).sort((a, b) => b.days - a.days);
  const [main] = own;
  return main ? { words: main.words, advice: main.advice, retryAt: earliest(own) } : null;
}

const LEFT_OUT: OddityCode = 'slot_dropped';

/** Which products have slots that are not sold; null: none. */
export function leftOutSlots(oddities: readonly Problem[], supplier: string): LeftOut | null {
  const found = oddities.find((odd) => odd.supplier === supplier && odd.cause === LEFT_OUT);
  if (!found) return null;
  const { since, words, advice } = found;
  return { products: found.products.length, since, words, advice };
}

/** By supplier; the newest problem first. Their order does not change while they last. */
function grouped(entries: readonly Entry[]): Problem[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.supplier} ${entry.cause}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()]
    .flatMap(problemOf)
    .sort((a, b) => compare(a.supplier, b.supplier) || compare(b.since, a.since) || compare(a.cause, b.cause));
}

function problemOf(entries: readonly Entry[]): Problem[] {
  const [newest] = [...entries].sort((a, b) => compare(b.last, a.last));
  if (!newest) return [];
  const { supplier, fails, cause, words, advice, last } = newest;
  const since = entries.map((entry) => entry.since).sort()[0] ?? newest.since;
  const days = entries.reduce((sum, entry) => sum + entry.days, 0);
  const products = [...entries].sort((a, b) => a.experienceId - b.experienceId);
  return [{ supplier, fails, cause, words, advice, days, since, last, retryAt: earliest(entries), products }];
}

function earliest(entries: readonly { readonly retryAt: string | null }[]): string | null {
  return entries.flatMap(({ retryAt }) => retryAt ?? []).sort()[0] ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Unusable answers: none is a list of slots. Those of one product are its own trouble. If one answer after another is unusable
 * for several products, the cause concerns all of them (an expired key, a new format, a page in front of the API), and the
 * full pace would waste the budget. Until an answer is usable again, one request is sent every ten seconds.
 */

const IN_A_ROW = 10;
const PRODUCTS = 3;
export const UNUSABLE_INTERVAL_MS = 10_000;

export interface UnusableState {
  /** Unusable answers in a row, without a list of slots between them. */
  readonly unusable: number;
  /** When the first of them came; null: none. */
  readonly unusableSince: Date | null;
  /** The products that they concern, at most three; null: none. */
  readonly unusableProducts: readonly number[] | null;
  /** The last one. */
  readonly unusableKind: string | null;
  readonly unusableDetail: string | null;
}

export const ALL_USABLE: UnusableState = {
  unusable: 0,
  unusableSince: null,
  unusableProducts: null,
  unusableKind: null,
  unusableDetail: null,
};

export interface UnusableAnswer {
  readonly experienceId: number;
  readonly kind: string;
  readonly detail: string;
}

export function afterUnusable(
  state: UnusableState,
  { experienceId, kind, detail }: UnusableAnswer,
  now: Date,
): UnusableState {
  const products = new Set([...(state.unusableProducts ?? []), experienceId]);
  return {
    unusable: state.unusable + 1,
    unusableSince: state.unusableSince ?? now,
    unusableProducts: [...products].slice(0, PRODUCTS),
    unusableKind: kind,
    unusableDetail: detail,
  };
}

/** Whether the cause concerns all products. */
export function isUnusable({
  unusable,
  unusableProducts,
}: Pick<UnusableState, 'unusable' | 'unusableProducts'>): boolean {
  return unusable >= IN_A_ROW && (unusableProducts?.length ?? 0) >= PRODUCTS;
}

/**
 * Answers of which none is a list of slots. One product's are its own trouble; where answer after answer for several products
 * is of no use, something concerns all of them (a key that expired, a new format, a page in front of the API), and asking at
 * full pace would only burn the budget. Until one is of use again, one request is sent every ten seconds.
 */

const IN_A_ROW = 10;
const PRODUCTS = 3;
export const UNUSABLE_INTERVAL_MS = 10_000;

export interface UnusableState {
  /** In a row, without a list of slots between them. */
  readonly unusable: number;
  /** When the first of them came; null: none. */
  readonly unusableSince: Date | null;
  /** The products that they were for, at most three; null: none. */
  readonly unusableProducts: readonly number[] | null;
  /** What the last one was. */
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

/** Whether it concerns all products. */
export function isUnusable({
  unusable,
  unusableProducts,
}: Pick<UnusableState, 'unusable' | 'unusableProducts'>): boolean {
  return unusable >= IN_A_ROW && (unusableProducts?.length ?? 0) >= PRODUCTS;
}

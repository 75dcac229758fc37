import type { LocalDate } from '../time/index.js';

/** An experience that lacks days. */
export interface Unopened {
  readonly id: number;
  /** Its days exist up to and with this date; null: none exist, or all are to be planned anew. */
  readonly openedUntil: LocalDate | null;
}

export interface ExperienceEntry {
  readonly id: number;
  /** The name of its supplier, and the supplier's ids of what it mirrors. */
  readonly supplier: string;
  readonly product: string;
  readonly option: string | null;
  readonly name: string | null;
  /** Null: the default zone. */
  readonly timeZone: string | null;
  /** Its own pause; null: it has none. */
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly pauseReason: string | null;
  readonly pausedUntil: Date | null;
}

/** What an experience mirrors, in the supplier's ids. It never changes. */
export type Listing = Pick<ExperienceEntry, 'supplier' | 'product' | 'option'>;

/** A product to add, in the supplier's ids. */
export interface NewExperience extends Omit<Listing, 'supplier'> {
  readonly name: string | null;
  readonly timeZone: string | null;
}

/** A product that was added, or is mirrored already. */
export interface AddedExperience extends Omit<Listing, 'supplier'> {
  readonly experienceId: number;
  readonly added: boolean;
}

/** Its columns. */
export const ENTRY = {
  ...{ id: true, supplier: true, product: true, option: true, name: true, timeZone: true },
  ...{ pausedAt: true, pausedBy: true, pauseReason: true, pausedUntil: true },
} as const;

/** What a PUT did. */
export interface PutExperience {
  readonly added: boolean;
  /** As it is now; null: it was there, and was only to be added. */
  readonly entry: ExperienceEntry | null;
}

/** What an admin says of an experience; undefined: it stays as it is. */
export interface ExperienceChange {
  readonly name: string | null | undefined;
  readonly timeZone: string | null | undefined;
}

/** The fields that the change names. */
export function namedFields(change: ExperienceChange): Partial<ExperienceChange> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

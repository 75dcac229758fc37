/** Some people of one kind. */
export interface PartyMember {
  /** A category, or a supplier's own pax type. */
  readonly pax: string;
  /** At least 1. */
  readonly count: number;
}

/** Who wants to book: people by kind, each kind once; or so many of the primary pax type. */
export type Party = { readonly members: readonly PartyMember[] } | { readonly places: number };

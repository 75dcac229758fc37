/** What the map knows of a day, as bits. */
export const FLAGS = { closed: 1, soldOut: 2, failing: 4, leased: 8 } as const;

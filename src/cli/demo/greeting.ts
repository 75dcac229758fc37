/** A date that can be booked already. */
export interface Bookable {
  readonly id: number;
  readonly date: string;
}

export interface DemoPlaces {
  readonly server: string;
  readonly sandbox: string;
  readonly experiences: number;
  /** Those of the OCTO supplier. */
  readonly imported: number;
  readonly dataDir: string;
}

/** What the demo does, and three commands to paste. */
export function greeting(
  { server, sandbox, experiences, imported, dataDir }: DemoPlaces,
  { id, date }: Bookable,
): string {
  return `
Slotmirror mirrors two sandbox suppliers (${sandbox}): ${experiences} experiences of one that speaks Leap, 30 requests a minute, a day each,
and ${imported} of one that speaks OCTO, a month each. The most valuable days come first. It serves what it has. Its database is in ${dataDir}. Ctrl-C stops it; the next start continues.

  curl -s '${server}/api/v1/experience/${id}/slots?date=${date}'
  curl -s ${server}/api/v1/experience/${id}/dates
  curl -s ${server}/api/v1/sync/status

`;
}

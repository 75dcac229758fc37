/** A date that can be booked already. */
export interface Bookable {
  readonly id: number;
  readonly date: string;
}

export interface DemoPlaces {
  readonly server: string;
  readonly sandbox: string;
  readonly experiences: number;
  readonly dataDir: string;
}

/** What the demo does, and three commands to paste. */
export function greeting({ server, sandbox, experiences, dataDir }: DemoPlaces, { id, date }: Bookable): string {
  return `
Slotmirror mirrors ${experiences} experiences of a sandbox supplier (${sandbox}, 30 requests a minute),
the most valuable days first, and serves what it has. Its database is in ${dataDir}. Ctrl-C stops it; the next start continues.

  curl -s '${server}/api/v1/experience/${id}/slots?date=${date}'
  curl -s ${server}/api/v1/experience/${id}/dates
  curl -s ${server}/api/v1/sync/status

`;
}

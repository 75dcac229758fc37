/** A date that can be booked already. */
export interface Bookable {
  readonly id: number;
  readonly date: string;
}

export interface DemoPlaces {
  readonly server: string;
  /** The root of the sandbox's Leap API. */
  readonly sandbox: string;
  readonly experiences: number;
  /** Those of the OCTO supplier. */
  readonly imported: number;
  readonly dataDir: string;
  /** An admin key is configured; otherwise the data folder has one. */
  readonly hasOwnKey: boolean;
}

/** What the demo does, where to look, and commands to paste. */
export function greeting(
  { server, sandbox, experiences, imported, dataDir, hasOwnKey }: DemoPlaces,
  { id, date }: Bookable,
): string {
  const faults = sandbox.replace(/\/api\/v1$/, '/sandbox/faults');
  const key = hasOwnKey ? 'your ADMIN_API_KEY' : `cat ${dataDir}/admin-api-key`;
  const bearer = hasOwnKey ? '$ADMIN_API_KEY' : `$(${key})`;
  return `
Slotmirror mirrors two sandbox suppliers (${sandbox}): ${experiences} experiences of one that speaks Leap, 30 requests a minute, a day each,
and ${imported} of one that speaks OCTO, a month each. The most valuable days come first. It serves what it has. Its database is in ${dataDir}. Ctrl-C stops it; the next start continues.

  console   ${server}/console
  its key   ${key}
  API docs  ${server}/docs

  curl -s '${server}/api/v1/experience/${id}/slots?date=${date}'
  curl -s ${server}/api/v1/experience/${id}/dates
  curl -s ${server}/api/v1/sync/status

Have a supplier fail, have an experience fetched (a full mirror sends few requests), see it in the console, and end it
(npm run -s sandbox -- --help lists all faults):

  curl -s ${faults} -d '{"kind": "status", "status": 401, "api": "leap"}'
  curl -s -X POST ${server}/api/v1/experience/${id}/refresh -H "Authorization: Bearer ${bearer}"
  curl -s -X DELETE ${faults}

`;
}

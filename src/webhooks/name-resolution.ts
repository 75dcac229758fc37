import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** No nameserver knows the name. */
const UNKNOWN = ['ENOTFOUND', 'ENODATA'];
/** There is none. */
const NO_NAMESERVER = 'ECONNREFUSED';
/** For each nameserver. An attempt to send lasts 10 s. */
const PATIENCE = { timeout: 2_000, tries: 2 };

/** @returns the addresses of a host, at least one; rejects with a message that says why there is none */
export type ResolveName = (hostname: string) => Promise<readonly LookupAddress[]>;

/**
 * Asks the nameservers itself. `dns.lookup` would take one of the few threads that all lookups of the process share: two names
 * with a dead nameserver would hold up those of the suppliers and of the database, too.
 * @param others asked for a name that no nameserver knows, which may stand in a hosts file; null: nobody
 */
export function resolveName(
  others: ResolveName | null,
  makeResolver = (): Resolver => new Resolver(PATIENCE),
): ResolveName {
  let current: Resolver | undefined;
  return async (hostname) => {
    const resolver = (current ??= makeResolver());
    const answers = await Promise.allSettled([
      resolver.resolve4(hostname).then((addresses) => addresses.map((address) => ({ address, family: 4 }))),
      resolver.resolve6(hostname).then((addresses) => addresses.map((address) => ({ address, family: 6 }))),
    ]);
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length > 0) return found;
    const codes = answers.map((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : 'ENODATA'));
    // The next look asks the nameservers that the system has then.
    current = undefined;
    if (others && codes.every((code) => code === NO_NAMESERVER || UNKNOWN.includes(code))) return others(hostname);
    const failure = codes.find((code) => !UNKNOWN.includes(code));
    if (failure !== undefined) throw new Error(`the nameservers could not resolve ${hostname} (${failure})`);
    throw new Error(
      `${hostname} is not known to the nameservers; a hosts file counts with WEBHOOK_ALLOWED_NETWORKS only`,
    );
  };
}

/** As the operating system does: by its hosts file and search domains, too. */
export const resolveBySystem: ResolveName = (hostname) => lookup(hostname, { all: true });

function codeOf(error: unknown): string {
  return String((Object(error) as { readonly code?: unknown }).code);
}

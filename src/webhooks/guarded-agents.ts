import { lookup, type LookupAddress } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';

/** A name that leads to addresses that may not be called. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export interface GuardedAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/** An idle connection is closed sooner than most servers close it (5 s). */
const IDLE_MS = 4_000;

/**
 * Connections that reach no address but those that may be called. The name is resolved here, and what was checked is what is
 * connected to, so a name that resolves differently the next time gains nothing. An address in place of a name is not resolved:
 * whoever sends checks it.
 * @param resolve as `dns.lookup`
 */
export function guardedAgents(
  mayBeCalled: (address: string) => boolean,
  resolve: typeof lookup = lookup,
): GuardedAgents {
  const guarded: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const allowed = error ? [] : addresses.filter(({ address }) => mayBeCalled(address));
      const [first] = allowed;
      if (error) callback(error, []);
      else if (!first) callback(new AddressRefused(`${hostname} is ${named(addresses)}, which is not public`), []);
      else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
  const options = { keepAlive: true, timeout: IDLE_MS, lookup: guarded };
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
}

function named(addresses: readonly LookupAddress[]): string {
  return addresses.map(({ address }) => address).join(', ');
}

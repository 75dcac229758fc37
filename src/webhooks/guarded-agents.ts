import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ResolveName } from './name-resolution.js';

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
 */
export function guardedAgents(mayBeCalled: (address: string) => boolean, resolve: ResolveName): GuardedAgents {
  const allowedOf = async (hostname: string): Promise<[LookupAddress, ...LookupAddress[]]> => {
    const addresses = await resolve(hostname);
    const [first, ...others] = addresses.filter(({ address }) => mayBeCalled(address));
    if (!first) throw new AddressRefused(`${hostname} is ${named(addresses)}, which is not public`);
    return [first, ...others];
  };
  const guarded: LookupFunction = (hostname, { all }, callback) => {
    allowedOf(hostname).then(
      (allowed) => (all ? callback(null, allowed) : callback(null, allowed[0].address, allowed[0].family)),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
  const options = { keepAlive: true, timeout: IDLE_MS, lookup: guarded };
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
}

function named(addresses: readonly LookupAddress[]): string {
  return addresses.map(({ address }) => address).join(', ');
}

/** What OCTO adds to its core, and we speak. */
const PRICING = 'octo/pricing';
const NOTIFICATIONS = 'octo/notifications';
/** Ours: each day as this mirror stores it, for a mirror of this mirror. */
const DAYS = 'slotmirror/days';

/** In the order in which they are listed and echoed. Names without what is before the slash exist in the field. */
const NAMES: readonly string[] = [PRICING, NOTIFICATIONS, DAYS];

export const CAPABILITIES = NAMES.filter((id) => id !== DAYS).map((id) => ({
  ...{ id, revision: 1, required: false, dependencies: [], docs: null },
}));

/**
 * Raw header pair of the descriptions. A client that reads it may name the capability. Others never see it, because a capability
 * that OCTO does not list makes some clients stumble.
 */
export const OFFERED = ['slotmirror-capabilities', DAYS];

/** What a client wants beside the core. */
export interface Spoken {
  readonly pricing: boolean;
  readonly days: boolean;
  /** The raw header pair that says which capabilities the response has. */
  readonly header: readonly string[];
}

/** @param named `Octo-Capabilities`, or the parameter `_capabilities` where there is no such header */
export function spokenOf(named: string | undefined): Spoken {
  if (named === undefined || named === '') return NOTHING;
  if (named === PRICING) return PRICES;
  const names = named.split(',').map((name) => name.trim().toLowerCase());
  return spoken(NAMES.filter((id) => names.includes(id) || (id !== DAYS && names.includes(id.slice('octo/'.length)))));
}

function spoken(ids: readonly string[]): Spoken {
  const header = ['octo-capabilities', ids.join(', ')];
  return { pricing: ids.includes(PRICING), days: ids.includes(DAYS), header };
}

const NOTHING = spoken([]);
const PRICES = spoken([PRICING]);

/** What OCTO adds to its core, and we speak. */
const PRICING = 'octo/pricing';

export const CAPABILITIES = [{ id: PRICING, revision: 1, required: false, dependencies: [], docs: null }];

/**
 * Whether the client wants prices. Names without `octo/` exist in the field.
 * @param named `Octo-Capabilities`, or the parameter `_capabilities` where there is no such header
 */
export function wantsPricing(named: string | undefined): boolean {
  if (named === undefined || named === '') return false;
  if (named === PRICING) return true;
  return named.split(',').some((name) => [PRICING, 'pricing'].includes(name.trim().toLowerCase()));
}

/** The raw header pair that says which capabilities the response has. */
export function capabilitiesHeader(pricing: boolean): readonly string[] {
  return pricing ? WITH_PRICING : WITHOUT;
}

const WITH_PRICING = ['octo-capabilities', PRICING];
const WITHOUT = ['octo-capabilities', ''];

export const PRICING = 'octo/pricing';
export const NOTIFICATIONS = 'octo/notifications';

const SPOKEN = [PRICING, NOTIFICATIONS];

/** The body of `GET /capabilities`. */
export function capabilitiesBody(): object[] {
  return SPOKEN.map((id) => ({ id, revision: 1, required: false, dependencies: [], docs: null }));
}

/** Those of the named capabilities that are spoken, by their long names. Short ones (`pricing`) exist in the field. */
export function spokenCapabilities(header: unknown, query: unknown): string[] {
  const named = typeof header === 'string' ? header : typeof query === 'string' ? query : '';
  const ids = named.split(',').map((each) => each.trim().toLowerCase());
  return SPOKEN.filter((id) => ids.includes(id) || ids.includes(id.replace('octo/', '')));
}

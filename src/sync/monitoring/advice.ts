/** What an operator can do about each cause, in a sentence or two. */
const ADVICE: Readonly<Record<string, string>> = {
  pause: 'Resume when the reason for the pause is gone.',
  database_read_only:
    'Point DATABASE_URL to the primary: this database is a standby or read-only. No request is sent until then.',
  database_full: 'Free space on the disk of the database. No request is sent until then.',
  database_unreachable:
    'Check that the database runs and accepts connections at DATABASE_URL; the log has its error. Until then no request is sent, and readers get what is in memory or in a read replica.',
  database_failure: 'Read the error above and the log of the database. No request is sent until it is fixed.',
  refusal:
    'Nothing to do: requests continue at the instant named. If it happens again, lower the budget (SUPPLIER_REQUESTS_PER_MINUTE, or requestsPerMinute in SUPPLIERS_FILE).',
  timeout:
    'Check the network to the supplier; if its answers are slow, raise its timeout (SUPPLIER_TIMEOUT, or timeout in SUPPLIERS_FILE).',
  unreachable:
    'Check the URL of the supplier (SUPPLIER_URL, or url in SUPPLIERS_FILE), the network and the proxy to it, and its status page.',
  supplier_error: 'Nothing to do here: the supplier fails. Ask it if this lasts.',
  unauthorized:
    'Check the key of the supplier (TICKETE_API_KEY, or key in SUPPLIERS_FILE): ask it whether the key is valid, and for this product.',
  rejected: 'Read the supplier’s words; ask it what it expects for this product or date.',
  moved: 'Ask the supplier for its new address, and set its URL (SUPPLIER_URL, or url in SUPPLIERS_FILE) to it.',
  not_the_api:
    'Something other than the API answers: check the URL of the supplier (SUPPLIER_URL, or url in SUPPLIERS_FILE), proxies, and whether the supplier blocks this server.',
  bad_answer:
    'Report it to the supplier with the words above: its answer can’t be read as the slots of the dates requested.',
  gone: 'The supplier no longer sells this product: remove the experience, or ask the supplier for its new id.',
  not_found: 'Check that the experience’s id is a product of the supplier; remove it if it is no longer sold.',
  no_availability: 'Nothing to do.',
  not_yet:
    'Nothing to do here: the supplier is a mirror that has not fetched these dates so far. See its status if this lasts.',
  slot_dropped:
    'Report it to the supplier: these slots are not sold. If they are in another time zone, check the one of the experience.',
  other_date:
    'Nothing to do here: slots of dates that were not asked for are left out. Ask the supplier why it sends them.',
  negative_count:
    'Nothing to do: a slot with a negative number of places counts as sold out, a negative bound as no bound. The supplier has sold more than it has.',
  duplicate_pax_type:
    'Report it to the supplier: the first of the entries is used, with the lower of the remaining places.',
  several_primaries: 'Report it to the supplier: the first primary pax type is used.',
  unreadable_label: 'Report it to the supplier: the name or description is left out.',
  unreadable_amount:
    'Report it to the supplier: the original price or the discount is left out, or a unit that has no price. No other price is.',
  missing_count: 'Ask the supplier whether these slots are unlimited: they are read so.',
  unreadable_cutoff: 'Report it to the supplier: these slots are bookable until they start.',
  unknown_pax_type:
    'Ask the supplier why its product does not list this pax type: the price is served, without name, category and bounds.',
};

export function adviceFor(code: string): string {
  return ADVICE[code] ?? 'Read the log.';
}

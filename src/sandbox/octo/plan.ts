/** What a valid request is to be answered with. It is worked out only when it goes out. */
export interface Plan {
  body: () => unknown;
  /** What a supplier that confuses dates would answer. */
  bodyOfAnotherDate: () => unknown;
  /** 200 by default. */
  status?: number;
}

/** An answer that depends on no date. */
export function dateless(body: () => unknown, status = 200): Plan {
  return { body, bodyOfAnotherDate: body, status };
}

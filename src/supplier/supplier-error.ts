/** What kept an answer from us. */
export type FailureKind =
  | 'timeout' // no whole answer in time
  | 'unreachable' // no connection, or it broke
  | 'unauthorized' // our key is not accepted
  | 'unknown_product' // the supplier does not know the experience
  | 'supplier_error' // it answered that it failed
  | 'bad_answer'; // it answered something that is not a day

/** The request failed. What we know of the day stays as it is. */
export class SupplierFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly detail: string,
  ) {
    super(`${kind}: ${detail}`);
  }
}

/** The supplier is not willing to answer now (429): nobody asks before `until`. */
export class SupplierRefusal extends Error {
  constructor(readonly until: Date) {
    super(`refused until ${until.toISOString()}`);
  }
}

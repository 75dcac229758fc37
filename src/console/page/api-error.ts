/** What the API refused, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** What a client can act on, beside the prose. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

import { type Answer, json } from '../answer.js';

/** What an error is about: the id that the request named. */
type Subject = Readonly<Record<string, string>>;

/** An answer that says what is wrong with a request. The specification puts nearly all of them under 400. */
export class OctoError extends Error {
  constructor(
    private readonly code: string,
    message: string,
    private readonly subject: Subject = {},
    private readonly status = 400,
  ) {
    super(message);
  }

  answer(headers?: Readonly<Record<string, string>>): Answer {
    return json(this.status, { error: this.code, errorMessage: this.message, ...this.subject }, headers);
  }
}

export function badRequest(message: string): OctoError {
  return new OctoError('BAD_REQUEST', message);
}

import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** Of secrets, in bytes: the specification allows 24 to 64. */
const SECRET_BYTES = 32;

/** `whsec_` and base64, as the specification (Standard Webhooks 1.0) writes secrets. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The secrets that sign. The previous one also signs until its end, so that a receiver can change secrets without a gap. */
export interface Secrets {
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: Date | null;
}

/** The headers of an attempt, by Standard Webhooks. @param id the same for each attempt to deliver the message */
export function signedHeaders(
  id: string,
  body: string,
  { secret, previousSecret, previousSecretUntil }: Secrets,
  now: Date,
): Readonly<Record<string, string>> {
  const previous = previousSecret !== null && previousSecretUntil && previousSecretUntil > now ? [previousSecret] : [];
  const signatures = [secret, ...previous].map((key) => new Webhook(key).sign(id, now, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}

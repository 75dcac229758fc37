/** For how long an unanswered message is tried before the webhook is failing, milliseconds. */
export const GIVE_UP_MS = 3 * 86_400_000;

/** The pause after each failed attempt, seconds. Later ones are as long as the last. */
const PAUSES_S = [1, 5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];
/** A pause is longer by a random part of this share, so that receivers that fail together are not tried together. */
const JITTER = 0.2;
/** The longest pause that a receiver may ask for with Retry-After, milliseconds. */
const LONGEST_ASKED_MS = 6 * 3_600_000;

/**
 * How long to wait after a failed attempt, milliseconds.
 * @param attempts how many have failed, this one included
 * @param askedMs what the receiver asked for with Retry-After; null: nothing
 * @param random from 0 to 1
 */
export function retryPauseMs(attempts: number, askedMs: number | null, random: number): number {
  const pause = (PAUSES_S[Math.min(attempts, PAUSES_S.length) - 1] ?? 0) * 1_000 * (1 + JITTER * random);
  return Math.round(Math.max(pause, Math.min(askedMs ?? 0, LONGEST_ASKED_MS)));
}

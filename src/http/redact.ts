import { secretRemover } from '../secrets/index.js';

/** Shorter ones stand in too many other words. */
const SHORTEST = 6;

/**
 * Makes what takes secrets out of texts: the last line of defence, for what should not have got there in the first place.
 * @param secrets keys and passwords, as they are
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const withoutSecrets = secretRemover(secrets.filter((secret) => secret.length >= SHORTEST));
  return (text) =>
    withoutSecrets(text)
      .replaceAll(/(\b[a-z][a-z+.-]*:\/\/[^\s:@/"]*:)[^\s@"]+@/gi, '$1***@')
      .replaceAll(/\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/gi, '$1 ***')
      .replaceAll(/(x-api-key"?\s*[:=]\s*"?)[^\s",}]+/gi, '$1***');
}

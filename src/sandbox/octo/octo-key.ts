import { OctoError } from './octo-error.js';

/** What is wrong with the key; undefined: nothing. */
export function keyError(authorization: string | undefined, apiKey: string | undefined): OctoError | undefined {
  const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) {
    return new OctoError('UNAUTHORIZED', 'Send the API key as Authorization: Bearer <key>.', {}, 401);
  }
  if (apiKey === undefined || key === apiKey) return undefined;
  return new OctoError('FORBIDDEN', 'The API key is not valid.', {}, 403);
}

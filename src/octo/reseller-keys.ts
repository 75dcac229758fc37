import { Injectable } from '@nestjs/common';
import { OctoSettings } from '../config/index.js';
import { bearerKey, keyOwner } from '../http/index.js';
import { OctoError } from './octo-error.js';

/** The keys of resellers. Only their digests are kept. */
@Injectable()
export class ResellerKeys {
  constructor(private readonly settings: OctoSettings) {}

  /** Whose key it is. @throws OctoError */
  resellerOf(authorization: string | undefined): string {
    const { keys } = this.settings;
    if (keys.length === 0) throw off();
    const shown = bearerKey(authorization ?? '');
    if (shown === undefined) {
      throw new OctoError('UNAUTHORIZED', 'Send the header "Authorization: Bearer <your key>".', {
        headers: ['www-authenticate', 'Bearer realm="octo"'],
      });
    }
    const found = keyOwner(shown, keys);
    if (found === undefined)
      throw new OctoError('FORBIDDEN', 'The key that was sent is not known. Ask the operator for one.');
    return found;
  }
}

function off(): OctoError {
  const message = 'OCTO is off on this server. Its operator turns it on with OCTO_KEYS.';
  return new OctoError('BAD_REQUEST', message, { status: 404 });
}

import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { OctoSettings } from '../config/index.js';
import { bearerKey, headerOf, keyOwner } from '../http/index.js';
import { OctoError } from './octo-error.js';

/** The keys of resellers. Only their digests are kept, and what was shown on connections that are open. */
@Injectable()
export class ResellerKeys {
  /** What a connection showed last, and whose it is: it shows the same again each time, and a digest takes a while. */
  private readonly shown = new WeakMap<Socket, { readonly authorization: string; readonly reseller: string }>();

  constructor(private readonly settings: OctoSettings) {}

  /** Whose request it is. @throws OctoError */
  resellerOf(request: IncomingMessage): string {
    const authorization = headerOf(request, 'authorization') ?? '';
    const last = this.shown.get(request.socket);
    if (last?.authorization === authorization) return last.reseller;
    const reseller = this.ownerOf(authorization);
    this.shown.set(request.socket, { authorization, reseller });
    return reseller;
  }

  private ownerOf(authorization: string): string {
    const { keys } = this.settings;
    if (keys.length === 0) throw off();
    const shown = bearerKey(authorization);
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

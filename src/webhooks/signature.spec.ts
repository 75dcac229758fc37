import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newSecret, signedHeaders } from './signature.js';

const BODY = '{"type":"availability.changed"}';
const verified = (secret: string, headers: Readonly<Record<string, string>>) => () =>
  new Webhook(secret).verify(BODY, headers);

describe('the signature of a message', () => {
  const [secret, previousSecret] = [newSecret(), newSecret()];
  const now = new Date();

  it('is verified with the secret, and with no other', () => {
    const headers = signedHeaders('msg_1', BODY, { secret, previousSecret: null, previousSecretUntil: null }, now);
    expect(headers).toMatchObject({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    });
    expect(verified(secret, headers)()).toEqual(JSON.parse(BODY));
    expect(verified(previousSecret, headers)).toThrow('No matching signature found');
  });

  it('is verified with the previous secret too, until its end', () => {
    const until = new Date(now.getTime() + 1);
    const both = signedHeaders('msg_1', BODY, { secret, previousSecret, previousSecretUntil: until }, now);
    expect(verified(secret, both)()).toEqual(verified(previousSecret, both)());
    const after = signedHeaders('msg_1', BODY, { secret, previousSecret, previousSecretUntil: now }, now);
    expect(verified(secret, after)()).toEqual(JSON.parse(BODY));
    expect(verified(previousSecret, after)).toThrow('No matching signature found');
  });

  it('is made with a secret of 32 random bytes', () => {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(secret).not.toBe(previousSecret);
  });
});

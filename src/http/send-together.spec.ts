import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { sendTogether } from './send-together.js';

const RESPONSE = { destroy: () => undefined } as unknown as ServerResponse;

afterEach(() => {
  jest.restoreAllMocks();
});

describe('responses that are sent together', () => {
  it('are sent in order, when all requests of the turn were read', async () => {
    const happened: string[] = [];
    for (const id of ['first', 'second']) {
      happened.push(`${id} read`);
      sendTogether(RESPONSE, () => happened.push(`${id} sent`));
    }
    await Promise.resolve();
    expect(happened).toEqual(['first read', 'second read']);
    await endOfTurn();
    expect(happened).toEqual(['first read', 'second read', 'first sent', 'second sent']);
  });

  it('do not wait for the next turn’s', async () => {
    const sent: string[] = [];
    sendTogether(RESPONSE, () => {
      sent.push('first');
      sendTogether(RESPONSE, () => sent.push('second'));
    });
    await endOfTurn();
    expect(sent).toEqual(['first']);
    await endOfTurn();
    expect(sent).toEqual(['first', 'second']);
  });

  it('are sent though one of them cannot be: its connection is cut', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const cut: string[] = [];
    const sent: string[] = [];
    const broken = { destroy: () => cut.push('broken') } as unknown as ServerResponse;
    sendTogether(broken, () => {
      throw new TypeError('Invalid character in header content');
    });
    sendTogether(RESPONSE, () => sent.push('other'));
    await endOfTurn();
    expect([cut, sent]).toEqual([['broken'], ['other']]);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('could not be sent'), expect.any(TypeError));
  });
});

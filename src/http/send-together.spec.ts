import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { BodyForm } from './prepared-response.js';
import { sendForm, sendTogether } from './send-together.js';

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

  it('are sent at once when they are many', async () => {
    let sent = 0;
    for (let i = 0; i < 300; i++) sendTogether(RESPONSE, () => sent++);
    expect(sent).toBe(256);
    await endOfTurn();
    expect(sent).toBe(300);
  });

  it.each([
    ['gets a 500', false, ['500', 'end']],
    ['is cut off if it has begun', true, ['destroy']],
  ])('are sent though one of them cannot be, which %s', async (_, headersSent, expected) => {
    const log = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const done: string[] = [];
    const broken = {
      ...{ headersSent, req: { method: 'GET', url: '/somewhere' } },
      destroy: () => done.push('destroy'),
      end: () => done.push('end'),
      writeHead: (status: number) => {
        done.push(String(status));
        return broken;
      },
    };
    const sent: string[] = [];
    sendTogether(broken as unknown as ServerResponse, () => {
      throw new TypeError('Invalid character in header content');
    });
    sendTogether(RESPONSE, () => sent.push('other'));
    await endOfTurn();
    expect([done, sent]).toEqual([expected, ['other']]);
    expect(log).toHaveBeenCalledWith(
      'GET /somewhere: the response could not be sent',
      expect.stringContaining('Invalid character'),
    );
  });

  it('end one whose body could not be sent after it was compressed', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const form: BodyForm = { body: '', charset: 'latin1', headers: [] };
    const ended = new Promise((resolve) => {
      const response = { headersSent: true, req: {}, destroy: resolve } as unknown as ServerResponse;
      sendForm(response, Promise.resolve(form), () => {
        throw new TypeError('Invalid character in header content');
      });
    });
    await ended;
    expect(log).toHaveBeenCalledWith(expect.stringContaining('could not be sent'), expect.stringContaining('Invalid'));
  });
});

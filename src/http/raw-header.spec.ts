import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { headerOf } from './raw-header.js';

describe('headerOf', () => {
  const request = {
    rawHeaders: ['Host', 'x', 'If-None-Match', '"a"', 'ACCEPT', '*/*', 'accept', 'text/html'],
    headers: { accept: '*/*, text/html' },
  };

  it.each([
    ['if-none-match', '"a"'],
    ['host', 'x'],
    ['accept', '*/*, text/html'],
    ['accept-encoding', undefined],
    ['x', undefined],
  ])('%s', (name, value) => {
    expect(headerOf(request as unknown as IncomingMessage, name)).toBe(value);
  });
});

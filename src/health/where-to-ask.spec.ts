import { describe, expect, it } from '@jest/globals';
import { whereToAsk } from './where-to-ask.js';

describe('where the health check asks', () => {
  it.each([
    [undefined, undefined, '127.0.0.1', 4000],
    ['', '', '127.0.0.1', 4000],
    ['0.0.0.0', '8080', '127.0.0.1', 8080],
    ['*', '8080', '127.0.0.1', 8080],
    ['::', '8080', '::1', 8080],
    ['[::]', '8080', '::1', 8080],
    ['[fd00::2]', '8080', 'fd00::2', 8080],
    ['10.0.0.7', '8080', '10.0.0.7', 8080],
    ['mirror.internal', '8080', 'mirror.internal', 8080],
  ])('of HOST=%s, PORT=%s is %s, port %d', (host, port, asked, at) => {
    expect(whereToAsk(host, port)).toEqual({ host: asked, port: at });
  });
});

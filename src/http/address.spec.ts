import { expect, it } from '@jest/globals';
import { addressOf } from './address.js';

it.each([
  ['0.0.0.0', 'http://localhost:4000'],
  ['::', 'http://localhost:4000'],
  ['127.0.0.1', 'http://localhost:4000'],
  ['127.0.0.2', 'http://127.0.0.2:4000'],
  ['10.1.2.3', 'http://10.1.2.3:4000'],
  ['fd00::5', 'http://[fd00::5]:4000'],
  ['shop.example', 'http://shop.example:4000'],
])('what listens on %s is reached at %s', (host, url) => {
  expect(addressOf(host, 4_000)).toBe(url);
});

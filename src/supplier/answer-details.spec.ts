import { describe, expect, it } from '@jest/globals';
import { told, type Headers } from '../../test/setup/meaning-of.js';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PROXY = { host: '10.0.0.1:3128', variable: 'HTTPS_PROXY' };

describe('what is told', () => {
  it.each<[string, number, unknown, string]>([
    ['message', 400, { message: 'API key expired. Please renew' }, '"API key expired. Please renew"'],
    ['error', 400, { error: 'bad date' }, '"bad date"'],
    ['error.message', 400, { error: { code: 12, message: 'bad date' } }, '"bad date"'],
    ['error.reason', 403, { error: { code: 403, reason: 'vendorSuspended' } }, '"vendorSuspended"'],
    [
      'a problem (RFC 9457)',
      422,
      { title: 'Invalid', detail: 'the date has passed' },
      '"the date has passed; Invalid"',
    ],
    ['errors', 422, { errors: [{ field: 'date', message: 'too far ahead' }] }, '"date: too far ahead"'],
    ['errors by field', 422, { errors: { date: ['too far ahead'] } }, '"date: too far ahead"'],
    [
      'messages',
      400,
      { statusCode: 400, message: ['no id', 'no date'], error: 'Bad Request' },
      '"no id; no date; Bad Request"',
    ],
    ['the longer of two', 403, { message: 'Forbidden resource', error: 'Forbidden' }, '"Forbidden resource"'],
    ['a JSON text', 400, '"bad date"', '"bad date"'],
    ['plain text', 400, ' bad\r\n\tdate\0 ', '"bad date"'],
    ['text before a trace', 500, 'Error: boom\n    at f (/srv/app/a.js:1:2)\n    at g', '"Error: boom"'],
    ['text without files', 500, { message: 'boom in /srv/app/lib/a.php:12 today' }, '"boom in … today"'],
  ])('is the supplier’s %s', (_, status, body, words) => {
    expect(told(status, body)).toMatch(new RegExp(`: the supplier answered ${status}: `));
    expect(told(status, body).endsWith(`: ${words}`)).toBe(true);
  });

  it('is 200 letters of it at most', () => {
    const detail = told(400, 'x'.repeat(198) + '🎫🎫');
    expect(detail).toBe(`rejected: the supplier answered 400: "${'x'.repeat(198)}…"`);
  });

  it.each([
    [null, 'the supplier answered 400'],
    [{}, 'the supplier answered 400'],
    [{ message: { deep: 1 }, error: null, errors: [null, 5, {}] }, 'the supplier answered 400'],
  ])('is no more than the status where the body has no words (%j)', (body, detail) => {
    expect(told(400, body)).toBe(`rejected: ${detail}`);
  });

  it.each([
    [
      'https://user:pw@www.supplier.example/api/v1/inventory/14?date=2026-03-02&key=x',
      'https://www.supplier.example/api/v1/inventory/14',
    ],
    ['//www.supplier.example/a#b', '//www.supplier.example/a'],
    ['/login?next=/a', '/login'],
  ])('is where it moved to (%s)', (location, to) => {
    expect(told(308, '', { location })).toBe(`moved: the supplier answered 308: moved to ${to}`);
  });
});

describe('an answer that is not of the API', () => {
  const PAGE = '<!doctype html>\n<title>Just a moment...</title><p>and so on';

  it.each<[string, number, string, Headers, string]>([
    ['of a bot shield', 403, PAGE, HTML, 'not_the_api: an HTML page, not the API: "Just a moment..." (status 403)'],
    ['that says nothing of its type', 200, PAGE, {}, 'not_the_api: an HTML page, not the API: "Just a moment..."'],
    ['without a title', 403, '<html><p>x', {}, 'not_the_api: an HTML page, not the API (status 403)'],
    ['for a wrong request', 400, PAGE, HTML, 'not_the_api: an HTML page, not the API: "Just a moment..." (status 400)'],
    ['with a heading', 200, '<html><h1 id=a>Forbidden</h1>', {}, 'not_the_api: an HTML page, not the API: "Forbidden"'],
    ['that only its type tells', 200, 'hello', HTML, 'not_the_api: an HTML page, not the API'],
    [
      'of a gateway',
      502,
      PAGE,
      HTML,
      'supplier_error: the supplier answered 502 with an HTML page: "Just a moment..."',
    ],
  ])('is a page %s', (_, status, body, headers, expected) => {
    expect(told(status, body, headers)).toBe(expected);
  });

  it.each([
    [
      404,
      HTML,
      '<title>404 Not Found</title>',
      'not_found: the supplier answered 404 with an HTML page: "404 Not Found"',
    ],
    [404, {}, '<html><pre>Cannot GET /a', 'not_found: the supplier answered 404 with an HTML page'],
    [410, HTML, '<html><h1>Gone</h1>', 'gone: the supplier answered 410 with an HTML page: "Gone"'],
  ])('is none where a page says that there is nothing there (%d)', (status, headers, page, expected) => {
    expect(told(status, page, headers)).toBe(expected);
  });

  it('is not JSON that calls itself a page', () => {
    expect(told(200, '[]', HTML)).toBe('list: []');
    expect(told(403, { message: 'vendor suspended' }, HTML)).toContain(
      'unauthorized: the supplier answered 403: "vendor',
    );
    expect(told(404, '', HTML)).toBe('not_found: the supplier answered 404');
  });

  it('is a proxy that wants credentials', () => {
    expect(told(407, PAGE, HTML, PROXY)).toBe(
      'not_the_api: the proxy 10.0.0.1:3128 (HTTPS_PROXY) wants credentials (status 407)',
    );
    expect(told(407, '')).toBe('not_the_api: a proxy on the way wants credentials (status 407)');
  });
});

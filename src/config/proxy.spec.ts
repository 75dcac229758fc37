import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings } from './index.js';

const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

let before: NodeJS.ProcessEnv;

beforeEach(() => {
  before = { ...process.env };
  for (const variable of VARIABLES) Reflect.deleteProperty(process.env, variable);
});
afterEach(() => {
  for (const variable of VARIABLES) Reflect.deleteProperty(process.env, variable);
  Object.assign(process.env, before);
});

function proxyWith(environment: Readonly<Record<string, string>>, SUPPLIER_URL = 'https://supplier.example/api/v1') {
  Object.assign(process.env, environment);
  return readSettings({ TICKETE_API_KEY: 'a-key', SUPPLIER_URL }).suppliers.all[0]?.proxy;
}

describe('the proxy to the supplier', () => {
  it('is none where the environment names none', () => {
    expect(proxyWith({})).toBeNull();
  });

  it.each([
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://10.0.0.1:3128' }],
    ['https_proxy', { https_proxy: 'http://10.0.0.1:3128', HTTPS_PROXY: 'http://other:1' }],
    ['ALL_PROXY', { ALL_PROXY: 'http://10.0.0.1:3128', HTTP_PROXY: 'http://other:1' }],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://user:hunter2@10.0.0.1:3128' }],
  ])('is that of %s, by host and port alone', (variable, environment) => {
    expect(proxyWith(environment)).toEqual({ host: '10.0.0.1:3128', variable });
  });

  it('has the port of its scheme where it names none', () => {
    expect(proxyWith({ HTTPS_PROXY: 'http://proxy.example' })?.host).toBe('proxy.example:80');
    expect(proxyWith({ HTTPS_PROXY: 'https://proxy.example' })?.host).toBe('proxy.example:443');
  });

  it('is that of the scheme of the supplier’s URL', () => {
    const both = { HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://secure:1' };
    expect(proxyWith(both, 'http://supplier.example')?.host).toBe('plain:1');
  });

  it.each([
    ['supplier.example', 'https://supplier.example'],
    ['.example', 'https://supplier.example'],
    ['*', 'https://supplier.example'],
    ['10.0.0.0/8', 'https://10.1.2.3'],
    ['localhost', 'https://127.0.0.1:4100'],
  ])('is none where NO_PROXY=%s excepts %s', (NO_PROXY, url) => {
    expect(proxyWith({ HTTPS_PROXY: 'http://10.0.0.1:3128', NO_PROXY }, url)).toBeNull();
  });
});

describe('a proxy that can’t be used', () => {
  it.each([
    ['127.0.0.1:3128', 'HTTPS_PROXY: write it with its scheme, like http://127.0.0.1:3128'],
    ['proxy.example', 'HTTPS_PROXY: write it with its scheme, like http://proxy.example:80'],
    ['user:hunter2@proxy.example:3128', 'HTTPS_PROXY: write it with its scheme, like http://proxy.example:3128'],
    [
      'socks5://u:hunter2@proxy:1080',
      'HTTPS_PROXY: this is not the URL of an HTTP proxy; write one like http://127.0.0.1:3128',
    ],
    [
      'http://u:hunter2@:99999',
      'HTTPS_PROXY: this is not the URL of an HTTP proxy; write one like http://127.0.0.1:3128',
    ],
  ])('is told at the start (%s)', (HTTPS_PROXY, problem) => {
    expect(() => proxyWith({ HTTPS_PROXY })).toThrow(`  - ${problem}\n`);
    expect(() => proxyWith({ HTTPS_PROXY })).not.toThrow('hunter2');
  });

  it('keeps nobody from starting who does not need it', () => {
    expect(proxyWith({ HTTPS_PROXY: '127.0.0.1:3128' }, 'http://supplier.example')).toBeNull();
    expect(proxyWith({ HTTPS_PROXY: '127.0.0.1:3128', NO_PROXY: 'supplier.example' })).toBeNull();
  });
});

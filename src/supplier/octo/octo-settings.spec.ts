import { describe, expect, it } from '@jest/globals';
import { supplierSettings } from '../../../test/fixtures/supplier-spans.js';
import octo from './index.js';
import { octoSettings } from './octo-settings.js';

describe('the settings of OCTO', () => {
  it('have defaults', () => {
    expect(octoSettings({})).toEqual({ daysPerRequest: 31, env: null, currency: null });
    expect(octoSettings({ daysPerRequest: 366, env: 'test', currency: 'EUR' })).toEqual({
      ...{ daysPerRequest: 366, env: 'test', currency: 'EUR' },
    });
  });

  it.each([
    [{}, []],
    [{ daysPerRequest: 1, env: 'live', currency: 'USD' }, []],
    [{ daysPerRequest: 0 }, ['daysPerRequest: must be a whole number from 1 to 366']],
    [{ daysPerRequest: 367 }, ['daysPerRequest: must be a whole number from 1 to 366']],
    [{ daysPerRequest: '31' }, ['daysPerRequest: must be a whole number from 1 to 366']],
    [{ env: 'prod' }, ['env: must be "test" or "live"']],
    [{ currency: 'eur' }, ['currency: must be a currency code of three capital letters, like "EUR"']],
    [{ constructor: 1, days: 2 }, ['constructor', 'days'].map((name) => `${name}: is no setting of the API "octo"`)],
  ])('of %j have the problems %j', (own, problems) => {
    expect(octo.problems(supplierSettings({ url: 'http://octo.example', own }))).toEqual(problems);
  });
});

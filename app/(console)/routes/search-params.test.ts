import { expect, test } from 'vitest';
import { hygieneParams, probesParams } from './search-params.ts';

const ONE = '11111111-1111-4111-8111-111111111111';
const TWO = 'aaaaaaaa-2222-4222-8222-222222222222';

test.each([
  ['off-blocks', 'off-blocks'],
  ['off-long', 'off-blocks'],
  ['duplicate', 'duplicate'],
  ['constructor', null],
  [['off-long', 'duplicate'], null],
  [undefined, null],
])('of the check-up’s reasons %j is %j: one by its former name still leads there', (reason, found) => {
  expect(hygieneParams.parse({ reason })).toEqual({ reason: found });
});

test.each([
  [undefined, []],
  [ONE, [ONE]],
  [`${ONE},${TWO.toUpperCase()},${ONE}`, [ONE, TWO]],
  [`x,${ONE},%00`, [ONE]],
  ['x'.repeat(5000), []],
  [[TWO, ONE], [TWO]],
])('probes of the instances in %j', (instance, ids) => {
  expect(probesParams.parse({ instance }).instance).toEqual(ids);
});

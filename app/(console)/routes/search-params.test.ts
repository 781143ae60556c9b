import { expect, test } from 'vitest';
import { healthParams, savedTestsParams } from './search-params.ts';

const ONE = '11111111-1111-4111-8111-111111111111';
const TWO = 'aaaaaaaa-2222-4222-8222-222222222222';

test.each([
  ['inactive', ['inactive']],
  ['off-long', ['inactive']],
  ['off-blocks', ['inactive']],
  ['duplicate', ['duplicate']],
  ['duplicate,off-long', ['duplicate', 'inactive']],
  ['constructor', []],
  [undefined, []],
])('healthParams takes reason %j as %j, also by its former names', (reason, found) => {
  expect(healthParams.parse({ reason })).toMatchObject({ reason: found });
});

test.each([
  [undefined, []],
  [ONE, [ONE]],
  [`${ONE},${TWO.toUpperCase()},${ONE}`, [ONE, TWO]],
  [`x,${ONE},%00`, [ONE]],
  ['x'.repeat(5000), []],
  [[TWO, ONE], [TWO]],
])('savedTestsParams takes the instances in %j', (instance, ids) => {
  expect(savedTestsParams.parse({ instance }).instance).toEqual(ids);
});

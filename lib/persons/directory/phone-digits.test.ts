import { describe, expect, it } from 'vitest';
import { brazilianCore, samePhone } from './phone-digits.ts';

describe('brazilianCore', () => {
  it.each([
    ['+55 (11) 98765-4321', { area: '11', last8: '87654321', ninth: 'written' }],
    ['5511987654321', { area: '11', last8: '87654321', ninth: 'written' }],
    ['011 98765 4321', { area: '11', last8: '87654321', ninth: 'written' }],
    ['11 8765-4321', { area: '11', last8: '87654321', ninth: 'absent' }],
    ['98765-4321', { area: null, last8: '87654321', ninth: 'written' }],
    ['8765-4321', { area: null, last8: '87654321', ninth: 'absent' }],
    ['(11) 3456-7890', { area: '11', last8: '34567890', ninth: 'never' }],
    ['+55 11 93456-7890', { area: '11', last8: '34567890', ninth: 'written' }],
  ])('reads %s', (text, core) => expect(brazilianCore(text)).toEqual(core));

  it.each(['1234567', '123456789012345', '', 'call me', '11 1 8765-4321'])('does not take %j for one', (text) =>
    expect(brazilianCore(text)).toBeNull(),
  );
});

describe('samePhone', () => {
  it.each([
    ['+5511987654321', '5511987654321'],
    ['+5511987654321', '+55 (11) 98765-4321'],
    ['+5511987654321', '+551187654321'],
    ['+5511987654321', '8765-4321'],
    ['98765-4321', '11 8765-4321'],
    ['(11) 3456-7890', '+551134567890'],
    ['+1 650 253 0000', '16502530000'],
  ])('%s is %s', (a, b) => {
    expect(samePhone(a, b)).toBe(true);
    expect(samePhone(b, a)).toBe(true);
  });

  it.each([
    ['(11) 3456-7890', '+5511934567890', 'a landline never gets a 9'],
    ['+5511987654321', '+5521987654321', 'another area'],
    ['+5511987654321', '+5511987654322', 'another number'],
    ['4321', '4321', 'too short to be sure'],
    ['', '', 'nothing'],
  ])('%s is not %s: %s', (a, b) => {
    expect(samePhone(a, b)).toBe(false);
    expect(samePhone(b, a)).toBe(false);
  });
});

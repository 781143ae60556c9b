import { describe, expect, test } from 'vitest';
import { clientAddress, isTrustedProxy } from './trusted-proxies.ts';

const TRUSTED = ['10.0.0.0/8', '192.168.1.7', 'fd00::/8', 'not an address', '1.2.3.0/99'];

test.each([
  ['10.4.5.6', true],
  ['::ffff:10.4.5.6', true],
  ['192.168.1.7', true],
  ['192.168.1.8', false],
  ['fd12::1', true],
  ['[fd12::1]:443', true],
  ['fe80::1%eth0', false],
  ['2001:db8::1', false],
  ['1.2.3.4', false],
  ['', false],
  ['unknown', false],
])('trusted proxies: %s is one: %s', (address, ours) => {
  expect(isTrustedProxy(address, TRUSTED)).toBe(ours);
});

test('trusted proxies: none unless listed', () => {
  expect(isTrustedProxy('127.0.0.1', [])).toBe(false);
});

describe('trusted proxies: the browser’s address', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 10.0.0.1', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9, 10.0.0.1, 192.168.1.7', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.2, 10.0.0.1', '10.0.0.2'],
    ['203.0.113.9:5123', '203.0.113.9'],
    ['[2001:db8::9]:5123', '2001:db8::9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['fe80::9%eth0', 'fe80::9'],
  ])('of "%s" is %s', (header, address) => {
    expect(clientAddress(header, TRUSTED)).toBe(address);
  });

  test.each([[null], [undefined], [''], ['unknown'], ['203.0.113.9, unknown'], ['<script>'], ['1.2.3']])(
    'of "%s" is not known',
    (header) => {
      expect(clientAddress(header, TRUSTED)).toBeUndefined();
    },
  );
});

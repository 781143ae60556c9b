import { expect, test } from 'vitest';
import { receiptAddress, withoutReceipt, withReceipt } from './receipt-address.ts';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

test.each<[string, string, string | null, string | null]>([
  [`/keys/1/revoke?receipt=${ID}`, 'a document', HTML, `/activity/${ID}`],
  [`/routes?q=a&receipt=${ID.toUpperCase()}`, 'a document', HTML, `/activity/${ID}`],
  [`/routes?q=a&receipt=${ID}`, 'a part of a page', '*/*', null],
  [`/routes?q=a&receipt=${ID}`, 'no header', null, null],
  [`/api/lookup/routes?receipt=${ID}`, 'data', HTML, null],
  ['/routes?receipt=1', 'no id', HTML, null],
  ['/routes?receipt=//evil.example', 'an address', HTML, null],
  ['/routes', 'nothing', HTML, null],
])('receiptAddress: %s, asked as %s (%s), leads to %s', (asked, _what, accept, to) => {
  const url = new URL(asked, 'http://console.example');
  expect(receiptAddress(url.pathname, url.searchParams, accept)).toBe(to);
});

test('withReceipt names one entry, the last, and keeps the rest of the address', () => {
  const named = new URL(withReceipt(withReceipt('http://console.example/routes?q=a%20b&scope=user#top', 'x'), ID));
  expect(named.searchParams.getAll('receipt')).toEqual([ID]);
  expect([named.searchParams.get('q'), named.searchParams.get('scope'), named.hash]).toEqual(['a b', 'user', '#top']);
});

test('withoutReceipt takes back what withReceipt named, and leaves another page and another entry alone', () => {
  const page = 'http://console.example/routes?scope=user#top';
  expect(withoutReceipt(withReceipt(page, ID), ID)).toBe(page);
  const other = withReceipt(page, 'x');
  expect([withoutReceipt(page, ID), withoutReceipt(other, ID)]).toEqual([page, other]);
});

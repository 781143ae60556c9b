import { expect, test } from 'vitest';
import { keyIn } from './key-in.ts';

const KEY = `omni_sk_${'Ab1'.repeat(10)}xy`;
const OTHER = `omni_sk_${'Zz9'.repeat(10)}xy`;

test.each([
  KEY,
  `  ${KEY}\n`,
  `OMNI_API_KEY="${KEY}"`,
  `export OMNI_API_KEY='${KEY}'`,
  `Bearer ${KEY}`,
  `x-api-key: ${KEY}`,
  `{"key":"${KEY}"}`,
  `${KEY} ${KEY}`,
  `curl -H "x-api-key: ${KEY}" https://omni.example/api/v2/persons?api_key=${KEY}`,
])('sign-in: the one key is taken out of %j', (pasted) => expect(keyIn(pasted)).toBe(KEY));

test.each([
  ['', ''],
  ['hunter2', 'hunter2'],
  [' omni_sk_abc ', 'omni_sk_abc'],
  [`${KEY}Z`, `${KEY}Z`],
  [`my_${KEY}`, `my_${KEY}`],
  [`omni_sk_${'é'.repeat(32)}`, `omni_sk_${'é'.repeat(32)}`],
  [`${KEY} ${OTHER}`, `${KEY} ${OTHER}`],
])('sign-in: nothing is guessed from %j', (pasted, same) => expect(keyIn(pasted)).toBe(same));

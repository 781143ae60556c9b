import { expect, test } from 'vitest';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { changeTexts } from './route-plan.ts';
import { differAt, valueText } from './value-text.ts';

const instance = { id: 'i', name: 'Loja' } as Instance;
const long = (end: string, after = '') => `${'Responda só a clientes. '.repeat(40)}${end}${after}`;

function texts(from: string | null, to: string | null, inherited: string | null = null) {
  const here = { ...instance, agentGatePrompt: inherited } as Instance;
  const [text] = changeTexts([{ field: 'agentGatePrompt', from, to }], { agents: valueOf([]) }, here);
  return text?.values as { from: string; to: string; was: string; is: string };
}

test('valueText shows two long texts around the place where they differ', () => {
  const { from, to } = texts(long('Sem desconto', '!'.repeat(400)), long('Com desconto', '!'.repeat(400)));
  expect([from.length, to.length]).toEqual([302, 302]);
  expect(from).toContain('clientes. Sem desconto!');
  expect(to).toContain('clientes. Com desconto!');
});

test('valueText does so where one of them is inherited, and where one is the beginning of the other', () => {
  const inherits = texts(null, long('Com desconto'), long('Sem desconto'));
  expect(inherits.from).toBe('inherit');
  expect([inherits.was, inherits.to, inherits.is].map((text) => text.slice(-12))).toEqual([
    'Sem desconto',
    'Com desconto',
    'Com desconto',
  ]);
  const grown = texts(long(''), long('E mais.'));
  expect([grown.from, grown.to].map((text) => text.endsWith('E mais.'))).toEqual([false, true]);
  expect(grown.from).not.toBe(grown.to);
});

test('valueText shows a short text whole, and cuts no character in two', () => {
  expect(texts('a', 'b')).toMatchObject({ from: 'a', to: 'b' });
  expect(differAt('👍🏽a', '👍🏽b')).toBe(2);
  expect(valueText('👍'.repeat(400), 300)).toBe(`…${'👍'.repeat(300)}`);
});

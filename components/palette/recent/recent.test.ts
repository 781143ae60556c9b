import { expect, test } from 'vitest';
import type { Hit } from '#components/palette/hit.ts';
import { learn, MOST_RECENT, recall, visit } from './recent.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

const ana: Hit = { kind: 'person', id: 'a', name: 'Ana Souza', detail: '+55 11 98765-4321' };
const route: Hit = { kind: 'route', id: 'r', instanceId: 'i', name: 'Ana Souza', target: { scope: 'user', id: 'a' } };

test('the latest comes first, once, and only so many are kept', () => {
  const place = { browser: storage(), tab: storage() };
  visit('me', ana, place);
  visit('me', route, place);
  visit('me', { ...ana, name: 'Ana Lima' }, place);
  expect(recall('me', place).map(({ id, name }) => [id, name])).toEqual([
    ['a', 'Ana Lima'],
    ['r', 'Ana Souza'],
  ]);
  for (let more = 0; more < 20; more += 1) visit('me', { kind: 'key', id: `k${more}`, name: 'n' }, place);
  expect(recall('me', place)).toHaveLength(MOST_RECENT);
});

test('the browser keeps ids only; names and what else is known stay in the tab', () => {
  const place = { browser: storage(), tab: storage() };
  visit('me', ana, place);
  visit('me', route, place);
  const text = [...place.browser.kept.values()].join('');
  expect(JSON.parse(text)).toEqual([
    { kind: 'route', id: 'r', instanceId: 'i' },
    { kind: 'person', id: 'a' },
  ]);
  const other = { browser: place.browser, tab: storage() };
  expect(recall('me', other).map(({ name }) => name)).toEqual([null, null]);
  learn('me', [ana], other);
  expect(recall('me', other)).toEqual([{ kind: 'route', id: 'r', instanceId: 'i', name: null }, ana]);
});

test('another key in the same browser sees nothing of it', () => {
  const place = { browser: storage(), tab: storage() };
  visit('me', ana, place);
  expect(recall('somebody else', place)).toEqual([]);
});

test('garbage in the storage is nothing', () => {
  const place = { browser: storage(), tab: storage() };
  for (const text of [
    '{',
    'null',
    '{}',
    '[null, 1, {"id": 1}, {"id": "x", "kind": "nothing"}, {"id":"x","kind":"route"}]',
  ]) {
    place.browser.setItem('recent me', text);
    expect(recall('me', place)).toEqual([]);
  }
});

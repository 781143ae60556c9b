import { expect, test } from 'vitest';
import type { PaletteItem } from '#components/palette/palette-item.ts';
import { MOST_RECENT, recall, visit } from './recent.ts';

function memoryStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

const ana: PaletteItem = { kind: 'person', id: 'a', name: 'Ana Souza', detail: '+55 11 98765-4321' };
const route: PaletteItem = {
  kind: 'route',
  id: 'r',
  instanceId: 'i',
  name: 'Ana Souza',
  target: { scope: 'user', id: 'a' },
};

test('recent items: the newest comes first, once, and only so many are kept', () => {
  const storage = memoryStorage();
  visit('me', ana, storage);
  visit('me', route, storage);
  visit('me', { ...ana, name: 'Ana Lima' }, storage);
  expect(recall('me', storage).map(({ id, name }) => [id, name])).toEqual([
    ['a', 'Ana Lima'],
    ['r', 'Ana Souza'],
  ]);
  for (let more = 0; more < 20; more += 1) visit('me', { kind: 'key', id: `k${more}`, name: 'n' }, storage);
  expect(recall('me', storage)).toHaveLength(MOST_RECENT);
});

test('recent items: another key in the same browser sees none of them', () => {
  const storage = memoryStorage();
  visit('me', ana, storage);
  expect(recall('somebody else', storage)).toEqual([]);
});

test('recent items: garbage in the storage is ignored', () => {
  const storage = memoryStorage();
  for (const text of [
    '{',
    'null',
    '{}',
    '[null, 1, {"id": 1}, {"id": "x", "kind": "nothing"}, {"id":"x","kind":"route"}]',
  ]) {
    storage.setItem('recent me', text);
    expect(recall('me', storage)).toEqual([]);
  }
});

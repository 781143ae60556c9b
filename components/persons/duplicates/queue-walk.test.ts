import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';
import { afterMerge, keepAfterMerge, keepQueue, keptAfterMerge, lastOpen } from './queue-walk.ts';

const row = (id: string) => ({ id, name: id, phone: null, email: null, createdAt: '2026-01-01T00:00:00.000Z' });
const pair = (one: string, other: string): QueuedPair => ({
  id: `${one}.${other}`,
  same: ['phone'],
  one: row(one),
  other: row(other),
});

describe('duplicates: what follows a merge that was opened from the queue', () => {
  keepQueue('bia', [pair('a', 'b'), pair('c', 'd'), pair('c', 'e'), pair('f', 'g')]);
  const next = (survivor: string, duplicate: string, actor = 'bia') => afterMerge(actor, survivor, duplicate);

  it('is the pair after it, whichever of the two is kept', () => {
    expect(next('a', 'b')?.next?.id).toBe('c.d');
    expect(next('b', 'a')?.next?.id).toBe('c.d');
  });

  it('is no pair of whom the merge took away', () => {
    expect(next('c', 'd')?.next?.id).toBe('c.e');
    expect(next('d', 'c')?.next?.id).toBe('f.g');
  });

  it('is one that was skipped, after the last one', () => {
    expect(next('f', 'g')?.next?.id).toBe('a.b');
  });

  it('is nothing where no other is left', () => {
    keepQueue('rui', [pair('a', 'b')]);
    expect(next('a', 'b', 'rui')).toEqual({ next: null });
  });

  it('leaves the pair that was open to be opened again, by the same actor', () => {
    keepQueue('bia', [pair('a', 'b'), pair('c', 'd')], 'c.d');
    expect([lastOpen('bia'), lastOpen('rui')]).toEqual(['c.d', null]);
  });

  it('is not told of people who are no pair of it, nor to another actor', () => {
    keepQueue('bia', [pair('a', 'b')]);
    expect(next('a', 'z')).toBeNull();
    expect(next('a', 'b', 'rui')).toBeNull();
  });
});

describe('duplicates: what follows a merge, once its page was loaded again', () => {
  const tab = new Map<string, string>();
  beforeEach(() => {
    tab.clear();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => tab.get(key) ?? null,
      setItem: (key: string, text: string) => tab.set(key, text),
    });
    return () => vi.unstubAllGlobals();
  });

  it('is kept for the two, whichever is kept, and for nobody else', () => {
    keepQueue('bia', [pair('a', 'b'), pair('c', 'd')]);
    keepAfterMerge('bia', 'a', 'b');
    expect(keptAfterMerge('bia', 'b', 'a')).toBe('c.d');
    expect(keptAfterMerge('bia', 'a', 'c')).toBeNull();
    expect(keptAfterMerge('rui', 'a', 'b')).toBeNull();
  });

  it('is kept by ids alone, and as nothing where nothing is left', () => {
    keepQueue('bia', [pair('a', 'b')]);
    keepAfterMerge('bia', 'a', 'b');
    expect([...tab.values()]).toEqual(['a.b ']);
    expect(keptAfterMerge('bia', 'a', 'b')).toBe('');
  });

  it('is not kept for people who are no pair of the queue, nor where the browser forbids it', () => {
    keepQueue('bia', [pair('a', 'b')]);
    keepAfterMerge('bia', 'a', 'z');
    expect(tab.size).toBe(0);
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => keepAfterMerge('bia', 'a', 'b')).not.toThrow();
    expect(keptAfterMerge('bia', 'a', 'b')).toBeNull();
  });
});

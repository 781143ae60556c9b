import { describe, expect, it } from 'vitest';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';
import { afterMerge, keepQueue, lastOpen } from './queue-walk.ts';

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

import { describe, expect, test } from 'vitest';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { overStore } from './over-store.ts';
import { StoreError } from './store-error.ts';

describe('overStore: a route handler over the store', () => {
  test('answers what the handler answers', async () => {
    const handler = overStore(async (word: string) => new Response(word, { status: 201 }));
    const answer = await handler('João');
    expect([answer.status, await answer.text()]).toEqual([201, 'João']);
  });

  test.each([
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    new Error('Connection terminated unexpectedly'),
    new StoreError('full'),
  ])('says that the store is away: %s', async (error) => {
    expectLogged(/"event":"route.store_down"/);
    const answer = await overStore(async () => {
      throw error;
    })();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ problem: 'store_down' });
  });

  test('throws a bug', async () => {
    const handler = overStore(async () => {
      throw new TypeError('a bug');
    });
    await expect(handler()).rejects.toThrow('a bug');
  });
});

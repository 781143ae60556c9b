import { beforeEach, describe, expect, test, vi } from 'vitest';
import { consoleFetch, onSessionEnd } from './console-fetch.ts';

const assign = vi.fn<(address: string) => void>();
const answer = (status: number, problem = 'ended') =>
  vi.stubGlobal('fetch', async () => Response.json({ problem }, { status }));

beforeEach(() => {
  assign.mockClear();
  vi.stubGlobal('location', { pathname: '/persons', search: '?q=Ana & Rui', assign });
});

describe('consoleFetch', () => {
  test.each([200, 403, 404, 409, 429, 500, 503])('an answer of %d is the caller’s', async (status) => {
    answer(status);
    expect((await consoleFetch('/api/lookup/persons')).status).toBe(status);
    expect(assign).not.toHaveBeenCalled();
  });

  test('an ended session leads to the sign-in page, and back to this one', async () => {
    answer(401);
    expect((await consoleFetch('/api/lookup/persons')).status).toBe(401);
    expect(assign).toHaveBeenCalledExactlyOnceWith('/login?next=%2Fpersons%3Fq%3DAna+%26+Rui');
  });

  test('where the page can be covered it is, and nothing on it is lost', async () => {
    answer(401);
    const cover = vi.fn<() => void>();
    const stop = onSessionEnd(cover);
    await consoleFetch('/api/keys/rotations/1');
    expect(cover).toHaveBeenCalledOnce();
    expect(assign).not.toHaveBeenCalled();
    stop();
    await consoleFetch('/api/keys/rotations/1');
    expect(cover).toHaveBeenCalledOnce();
    expect(assign).toHaveBeenCalledOnce();
  });

  test('while the console’s database is away nobody is led away from a page', async () => {
    answer(401, 'store_down');
    const response = await consoleFetch('/api/operations/1');
    expect([response.status, await response.json()]).toEqual([401, { problem: 'store_down' }]);
    expect(assign).not.toHaveBeenCalled();
  });

  test('a lost connection is the caller’s', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(consoleFetch('/api/lookup/persons')).rejects.toThrow('Failed to fetch');
    expect(assign).not.toHaveBeenCalled();
  });
});

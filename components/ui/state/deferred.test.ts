import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unhandledWhile } from '#lib/guards/unhandled-while.ts';
import { Deferred } from './deferred.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const part = (read: Promise<string>) =>
  Deferred({ of: () => read, fallback: 'skeleton', children: (text) => `<${text}>` });

test('Deferred: data that is ready in time is in the first answer, without a boundary', async () => {
  const { props } = await part(Promise.resolve('rows'));
  expect(props).toEqual({ now: '<rows>' });
  expect(vi.getTimerCount()).toBe(0);
});

test('Deferred: late data has its skeleton first', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const asked = part(promise);
  await vi.advanceTimersByTimeAsync(200);
  const { props } = await asked;
  expect(props).toMatchObject({ fallback: 'skeleton' });
  resolve('rows');
  await expect(props.late).resolves.toBe('<rows>');
});

test('Deferred: an early failure fails the page, a late one fails its part', async () => {
  await expect(part(Promise.reject(new Error('soon')))).rejects.toThrow('soon');
  const { promise, reject } = Promise.withResolvers<string>();
  const asked = part(promise);
  await vi.advanceTimersByTimeAsync(200);
  const { props } = await asked;
  reject(new Error('late'));
  await expect(props.late).rejects.toThrow('late');
});

test('what fails late, once the browser has left and nobody waits, is no unhandled rejection', async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  const asked = part(promise);
  await vi.advanceTimersByTimeAsync(200);
  await asked;
  vi.useRealTimers();
  expect(await unhandledWhile(async () => reject(new Error('NEXT_REDIRECT')))).toEqual([]);
});

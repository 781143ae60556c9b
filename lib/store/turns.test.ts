import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('Turns: one at a time, in order', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const work = async (name: string) => {
    const giveBack = await turns.take();
    seen.push(`${name} in`);
    await Promise.resolve();
    seen.push(`${name} out`);
    giveBack();
  };
  await Promise.all(['a', 'b', 'c'].map(work));
  expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
});

test('Turns: a holder that waits for itself gets an error, and the others go on', async () => {
  const turns = new Turns(20);
  const giveBack = await turns.take();
  await expect(turns.take()).rejects.toThrow('not released');
  giveBack();
  await expect(turns.take()).resolves.toBeTypeOf('function');
});

test('Turns: releasing twice gives the turn to one', async () => {
  const turns = new Turns(20);
  const first = await turns.take();
  first();
  const second = await turns.take();
  first();
  await expect(turns.take()).rejects.toThrow('not released');
  second();
});

import { expect, test, vi } from 'vitest';
import { steadyNow } from './steady-clock.ts';

const machine = vi.hoisted(() => ({ upS: 1000 }));
vi.mock('node:os', async (original) => ({ ...(await original<object>()), uptime: () => machine.upS }));

test('steadyNow does not follow a clock that somebody sets', () => {
  const before = steadyNow();
  vi.spyOn(Date, 'now').mockReturnValue(0);
  expect(steadyNow()).toBeGreaterThanOrEqual(before);
  vi.spyOn(Date, 'now').mockReturnValue(9e15);
  expect(steadyNow() - before).toBeLessThan(3_600_000);
});

test('steadyNow counts the time for which the machine was suspended, and never goes back', () => {
  const before = steadyNow();
  machine.upS += 3600;
  const woken = steadyNow();
  expect(woken - before).toBeGreaterThan(3_500_000);
  machine.upS -= 3600;
  vi.spyOn(performance, 'now').mockReturnValue(0);
  machine.upS += 3601;
  expect(steadyNow()).toBeGreaterThanOrEqual(woken);
});

import { expect, test } from 'vitest';
import { measure } from '#lib/measure.ts';
import { openStore } from '#lib/store/database.ts';
import { StoreError } from '#lib/store/store-error.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { metricsOf } from './registry.ts';

const engines = await testEngines();

const [sqlite] = engines;
let away = false;
const db = await openStore((await sqlite?.newPlace()) ?? { file: ':memory:' });
const metrics = metricsOf(() => (away ? Promise.reject(new StoreError('unreachable')) : Promise.resolve(db)));

const value = (text: string, series: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.split(' ')[1];

test('metrics: what was measured is counted by its words', async () => {
  measure({ of: 'request', page: '/persons', method: 'GET', status: '200', ms: 250 });
  measure({ of: 'request', page: '/persons', method: 'GET', status: '200', ms: 500 });
  measure({ of: 'request', page: '/persons', method: 'GET', status: 'aborted', ms: 4 });
  measure({ of: 'call', server: 'demo', resource: 'persons', outcome: 'unreachable', ms: 10_000 });
  measure({ of: 'operation', operation: 'persons.merge', outcome: 'done' });
  const text = await metrics.text();
  expect(value(text, 'console_request_seconds_count{page="/persons",method="GET",status="200"}')).toBe('2');
  expect(value(text, 'console_request_seconds_sum{page="/persons",method="GET",status="200"}')).toBe('0.75');
  expect(value(text, 'console_request_seconds_count{page="/persons",method="GET",status="aborted"}')).toBe('1');
  expect(value(text, 'console_omni_call_seconds_count{server="demo",resource="persons",outcome="unreachable"}')).toBe(
    '1',
  );
  expect(value(text, 'console_operations_total{operation="persons.merge",outcome="done"}')).toBe('1');
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
});

test('metrics: the store is read at each scrape, its statements are timed; while it is away its numbers are absent, not 0', async () => {
  const text = await metrics.text();
  expect(value(text, 'console_store_up')).toBe('1');
  expect(value(text, 'console_sessions')).toBe('0');
  expect(value(text, 'console_operations_open{state="unconfirmed"}')).toBe('0');
  expect(Number(value(text, 'console_store_statement_seconds_count{outcome="ok"}'))).toBeGreaterThan(3);
  away = true;
  const without = await metrics.text();
  expect(value(without, 'console_store_up')).toBe('0');
  expect(without).not.toMatch(/^console_sessions \d|^console_operations_open\{/m);
  await db.destroy();
});

import type { Hono } from 'hono';
import { registerDataControl } from './control-data.ts';
import { resetWorld, restart, type ResetOptions } from '../../world/create-world.ts';
import { GENERATIONS } from '../../world/database-errors.ts';
import { FAULT_KINDS, type FaultRequest } from '../../faults/faults.ts';
import { DEMO_SECRETS } from '../../resources/keys/keys-demo.ts';
import { readControl } from './control-input.ts';
import type { World } from '../../world/world.ts';
import type { CallEnv } from '../call.ts';
import * as z from '../zod-shapes.ts';

const faultBody = z.object(
  {
    kind: z.oneOf(FAULT_KINDS),
    when: z.optional(z.string()),
    method: z.optional(z.string()),
    path: z.optional(z.string()),
    nth: z.optional(z.number({ int: true, min: 1 })),
    times: z.optional(z.nullable(z.number({ int: true, min: 1 }))),
    ms: z.optional(z.number({ min: 0 })),
    status: z.optional(z.number({ int: true, min: 200, max: 599 })),
    body: { parse: (value: unknown) => z.good(value) },
    query: z.optional(z.string()),
    sql: z.optional(z.string()),
    params: z.optional(z.array(z.union(z.nullable(z.string()), z.number()))),
  },
  { strict: true },
);

const clockBody = z.object(
  { move: z.optional(z.number()), set: z.optional(z.union(z.number(), z.string({ format: 'datetime' }))) },
  { strict: true },
);

const resetBody = z.object(
  {
    persons: z.optional(z.number({ int: true, min: 0 })),
    seed: z.optional(z.number({ int: true })),
    generation: z.optional(z.oneOf(GENERATIONS)),
    now: z.optional(z.number()),
    empty: z.optional(z.boolean()),
  },
  { strict: true },
);

/** What only the sandbox has: `/__sandbox/…`. It asks no key, is not counted and meets no fault. */
export function registerControl(app: Hono<CallEnv>, world: World): void {
  const control = app.basePath('/__sandbox');
  control.use('*', async (call, next) => {
    await next();
    if (call.error) call.res = Response.json({ error: call.error.message }, { status: 400 });
  });

  control.get('/', (call) => call.json(describe(world)));

  control.get('/clock', (call) => call.json(tell(world)));
  control.post('/clock', async (call) => {
    const { move, set } = await readControl(call, clockBody);
    if (set !== undefined) world.clock.set(new Date(set).getTime());
    if (move !== undefined) world.clock.move(move);
    return call.json(tell(world));
  });

  control.get('/faults', (call) => call.json({ items: world.faults.list() }));
  control.post('/faults', async (call) => {
    const request = (await readControl(call, faultBody)) as FaultRequest;
    return call.json(world.faults.add(request), 201);
  });
  control.delete('/faults', (call) => {
    world.faults.clear();
    return call.json({ success: true });
  });
  control.delete('/faults/:id', (call) => {
    world.faults.clear(call.req.param('id'));
    return call.json({ success: true });
  });

  control.get('/calls', (call) => call.json({ counts: world.calls.counts(), items: world.calls.list() }));
  control.delete('/calls', (call) => {
    world.calls.clear();
    return call.json({ success: true });
  });

  control.get('/connections', (call) => call.json(world.connections));

  control.post('/rate-limit', async (call) => {
    const { limit } = await readControl(call, z.object({ limit: z.number({ int: true, min: 1 }) }, { strict: true }));
    world.rateLimit.setLimit(limit);
    world.rateLimit.reset();
    return call.json({ limit });
  });

  /** The process starts again: caches and counters are empty, the data stays. */
  control.post('/restart', (call) => {
    restart(world);
    return call.json({ success: true });
  });

  control.post('/reset', async (call) => {
    resetWorld(world, (await readControl(call, resetBody)) as ResetOptions);
    return call.json(describe(world));
  });

  registerDataControl(control, world);
}

function tell({ clock }: World) {
  return { now: new Date(clock.now()).toISOString(), milliseconds: clock.now(), offset: clock.offset() };
}

function describe(world: World) {
  const { generation, persons, seed } = world;
  return { generation, persons, seed, clock: tell(world), keys: DEMO_SECRETS };
}

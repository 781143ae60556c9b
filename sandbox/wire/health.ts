import type { World } from '../world/world.ts';
import type { Call } from './call.ts';

export const SERVER_VERSION = '2.0.0';

/** `connected` counts `is_active` in the table, not live connections (behaviour, short list 31). */
export function answerHealth(world: World): (call: Call) => Response {
  return (call) => {
    const rows = world.store.all<{ channel: string; active: number; total: number }>(
      'SELECT channel, sum(is_active) AS active, count(*) AS total FROM instances GROUP BY channel',
    );
    const sum = (pick: (row: { active: number; total: number }) => number) =>
      rows.reduce((total, row) => total + pick(row), 0);
    return call.json({
      status: 'healthy',
      version: SERVER_VERSION,
      uptime: Math.max(0, Math.round((world.clock.now() - world.startedAt) / 1000)),
      timestamp: new Date(world.clock.now()).toISOString(),
      checks: {
        database: { status: 'ok', latency: 1 },
        nats: { status: 'ok', details: { connected: true } },
      },
      instances: {
        total: sum((row) => row.total),
        connected: sum((row) => row.active),
        byChannel: Object.fromEntries(rows.map((row) => [row.channel, row.total])),
      },
    });
  };
}

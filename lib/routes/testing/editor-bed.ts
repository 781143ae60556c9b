import 'server-only';
import { randomUUID } from 'node:crypto';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { getRoute } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Command } from '#lib/operations/plan/define.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { openStore } from '#lib/store/database.ts';
import { handleFor, runnerOfRoutes, type SentWrite } from './change-bed.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';
export const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
export const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';

/** A sandbox and a store to create and edit routes in, and what tests of it ask; `sent` gets every write. */
export async function startEditorBed() {
  const sandbox = await startSandbox({ port: 0, persons: 120 });
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  const db = await openStore({ file: ':memory:' });
  const sent: SentWrite[] = [];
  const runner = runnerOfRoutes(db, { url: sandbox.url, key: sandbox.keys.admin }, sent);

  async function newChat(instanceId = WHATSAPP): Promise<string> {
    const id = randomUUID();
    await control.rows({ chats: [{ id, instanceId, name: `Conversa ${id.slice(0, 4)}` }] });
    return id;
  }

  async function newRoute(more: Record<string, unknown> = {}): Promise<{ id: string; chatId: string }> {
    const [id, chatId] = [randomUUID(), await newChat()];
    await control.rows({
      agent_routes: [{ id, instanceId: WHATSAPP, scope: 'chat', chatId, agentId: VENDAS, ...more }],
    });
    return { id, chatId };
  }

  async function routeNow(id: string, instanceId = WHATSAPP): Promise<Route> {
    const route = await getRoute(handleFor(sandbox.url, sandbox.keys.admin), instanceId, id);
    if (!route.ok) throw new Error(route.error.kind);
    return route.value;
  }

  async function refusal(name: string, input: unknown): Promise<string | undefined> {
    const seen = await preview(runner, name, input);
    return seen.ok ? seen.plan.refusal?.key : seen.problem.code;
  }

  async function warnings(name: string, input: unknown): Promise<string[]> {
    const seen = await preview(runner, name, input);
    if (!seen.ok || seen.plan.refusal) throw new Error(JSON.stringify(seen));
    return seen.plan.warnings.map(({ key }) => key);
  }

  const stop = async () => {
    await db.destroy();
    await sandbox.stop();
  };
  return { sandbox, control, db, runner, sent, newChat, newRoute, routeNow, refusal, warnings, stop };
}

/** The lines that do the same in a terminal. */
export function lineOf(command: Command): string {
  return 'lines' in command ? command.lines.join('\n') : '';
}

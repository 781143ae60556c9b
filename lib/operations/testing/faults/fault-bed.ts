import 'server-only';
import { OPERATIONS } from '#app/operations.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { startFaultProxy, type FaultProxy } from '#lib/omni/testing/fault-proxy.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { credentialFor } from '#lib/operations/testing/bed.ts';
import type { Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../../sandbox/wire/server.ts';

/** A sandbox behind a fault proxy. `direct` prepares scenes past the proxy, `runner` is what is tried; its waits move the proxy's clock. */
export type FaultBed = {
  proxy: FaultProxy;
  control: Control;
  direct: Runner;
  runner: Runner;
  omni: Omni;
  agentId: string;
  /** The id of an agent other than `agentId`. */
  otherAgentId: string;
  stop(): Promise<void>;
};

/** Starts a bed on a store; all operations of the console are known in it. */
export async function startFaultBed(db: Store): Promise<FaultBed> {
  const sandbox = await startSandbox({ port: 0, persons: 20 });
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  const proxy = await startFaultProxy(sandbox.url);
  const key = sandbox.keys.admin;
  const runnerAt = (url: string, wait: (ms: number) => Promise<void>): Runner => ({
    operations: OPERATIONS,
    db,
    omni: (entryId) => readingFresh(omniAs(credentialFor(url, key), { actor: 'Ana', ...(entryId ? { entryId } : {}) })),
    session: {
      sid: 'ana',
      server: 'demo',
      actor: 'demo/ana',
      keyName: 'a key',
      yourName: 'Ana',
      scopes: ['*'],
      proved: true,
    },
    wait,
  });
  const direct = runnerAt(sandbox.url, async () => {});
  const agents = await control.sql<{ id: string }>('SELECT id FROM agents WHERE is_active = 1 LIMIT 2');
  return {
    proxy,
    control,
    direct,
    runner: runnerAt(proxy.url, (ms) => proxy.advance(ms)),
    omni: direct.omni(),
    agentId: agents[0]?.id ?? '',
    otherAgentId: agents[1]?.id ?? '',
    async stop() {
      await proxy.stop();
      await sandbox.stop();
    },
  };
}

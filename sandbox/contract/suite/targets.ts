import { createControl } from '../../wire/control/control-client.ts';
import { GENERATIONS, type Generation } from '../../world/database-errors.ts';
import { startSandbox } from '../../wire/server.ts';
import type { ContractTarget } from './omni.ts';

export type OpenedTarget = { target: ContractTarget; close(): Promise<void> };

/** `OMNI_CONTRACT_URL` and `OMNI_CONTRACT_KEY` name a server; `OMNI_CONTRACT_PEOPLE` persons on it that may be destroyed, `OMNI_CONTRACT_RELEASE` which it is. */
export function openOutside(): OpenedTarget | undefined {
  const { OMNI_CONTRACT_URL: url, OMNI_CONTRACT_KEY: key, OMNI_CONTRACT_PEOPLE: people } = process.env;
  const release = GENERATIONS.find((known) => known === process.env.OMNI_CONTRACT_RELEASE);
  if (url === undefined || key === undefined) return undefined;
  const target: ContractTarget = {
    name: url,
    url: url.replace(/\/+$/, '').replace(/\/api\/v2$/, ''),
    key,
    sandbox: false,
    release,
    people: people?.split(',').filter(Boolean) ?? [],
  };
  return { target, close: () => Promise.resolve() };
}

export async function openSandbox(generation: Generation): Promise<OpenedTarget> {
  const sandbox = await startSandbox({ generation });
  const control = createControl(sandbox.url);
  await control.rateLimit(100_000);
  const { url, keys } = sandbox;
  return {
    target: { name: `sandbox (${generation})`, url, key: keys.admin, sandbox: true, release: generation, people: [] },
    close: () => sandbox.stop(),
  };
}

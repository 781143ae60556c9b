import 'server-only';
import type { OmniError } from './errors.ts';
import type { Omni } from './omni.ts';
import { path } from './path.ts';
import { read } from './read.ts';
import { ok, type Result } from './result.ts';
import {
  instanceAnswer,
  instancePage,
  instanceStatusAnswer,
  type Instance,
  type InstanceStatus,
} from './schemas/instances.ts';

const PAGE = 100;
const MOST_PAGES = 50;

/**
 * Every instance the key sees, without repeats. Scope `instances:read`. A key kept to some instances may get empty pages
 * that have more behind them, and a page may lack a cursor (contract §1.6).
 */
export async function listAllInstances(omni: Omni): Promise<Result<Instance[], OmniError>> {
  const all = new Map<string, Instance>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(omni, { path: '/instances', query: { limit: PAGE, cursor }, schema: instancePage });
    if (!page.ok) return page;
    for (const instance of page.value.items) all.set(instance.id, instance);
    const { hasMore, cursor: next } = page.value.meta;
    if (!hasMore || next === undefined || next === cursor) break;
    cursor = next;
  }
  return ok([...all.values()]);
}

/** One instance. Scope `instances:read`; a key kept to others gets `forbidden`, known id or not (contract §1.4). */
export function getInstance(omni: Omni, id: string): Promise<Result<Instance, OmniError>> {
  return read(omni, { path: path`/instances/${id}`, schema: instanceAnswer });
}

/** Whether an instance is connected. Scope `instances:read` (contract §6). */
export function getInstanceStatus(
  omni: Omni,
  id: string,
  signal?: AbortSignal,
): Promise<Result<InstanceStatus, OmniError>> {
  return read(omni, { path: path`/instances/${id}/status`, schema: instanceStatusAnswer, signal });
}

import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import {
  instanceAnswer,
  instancePage,
  instanceStatusAnswer,
  type Instance,
  type InstanceStatus,
} from '#lib/omni/schemas/instances.ts';

const PAGE = 100;
const MOST_PAGES = 50;

/**
 * Every instance the key sees, without repeats. Scope `instances:read`. A key kept to some instances may get empty pages
 * that have more behind them, and a page may lack a cursor (contract §1.6).
 */
export async function listAllInstances(omni: Omni): Promise<Result<Instance[], OmniError>> {
  const walked = await walk(omni);
  return walked.ok ? ok(walked.value.items) : walked;
}

/**
 * The same, and whether there are `others` that this key is not shown. Omni takes those out after it has cut a page
 * (contract §1.6): a page with less than was asked for gives them away when more follow, or when it ends elsewhere than at
 * its own last row; the last page does when no more than its rows are asked for, and more follow.
 */
export async function listInstancesAndOthers(
  omni: Omni,
): Promise<Result<{ items: Instance[]; others: boolean }, OmniError>> {
  const walked = await walk(omni);
  if (!walked.ok) return walked;
  const { items, last, short } = walked.value;
  if (short || last.count === PAGE) return ok({ items, others: short });
  const again = await page(omni, Math.max(1, last.count), last.from);
  return again.ok ? ok({ items, others: again.value.meta.hasMore || endsElsewhere(again.value) }) : again;
}

/** `short`: a page in between was not full. `last`: how many rows the last page had, and where it began. */
type Walked = { items: Instance[]; short: boolean; last: { count: number; from: string | undefined } };

async function walk(omni: Omni): Promise<Result<Walked, OmniError>> {
  const all = new Map<string, Instance>();
  let from: string | undefined;
  let short = false;
  let count = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await page(omni, PAGE, from);
    if (!answer.ok) return answer;
    for (const instance of answer.value.items) all.set(instance.id, instance);
    count = answer.value.items.length;
    const { hasMore, cursor: next } = answer.value.meta;
    if (!hasMore || next === undefined || next === from) break;
    short ||= count < PAGE;
    from = next;
  }
  return ok({ items: [...all.values()], short, last: { count, from } });
}

const page = (omni: Omni, limit: number, cursor: string | undefined) =>
  read(omni, { path: '/instances', query: { limit, cursor }, schema: instancePage });

function endsElsewhere({ items, meta }: { items: Instance[]; meta: { cursor?: string | undefined } }): boolean {
  return meta.cursor !== undefined && meta.cursor !== items.at(-1)?.id;
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

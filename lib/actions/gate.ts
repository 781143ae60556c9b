import 'server-only';
import { headers } from 'next/headers';
import { PAGE_BUILD } from '#lib/session/request/page-mark.ts';
import type { ActionFailure } from './action-result.ts';
import { fromOurOrigin } from './origin.ts';

/**
 * Whether the page that calls was made by the build that answers. An action keeps its id over builds whose schemas differ, so
 * this is asked before anything that was sent is read. A build without an id (`next dev`) expects none.
 */
async function fromThisBuild(): Promise<boolean> {
  return ((await headers()).get(PAGE_BUILD) || null) === (process.env.NEXT_DEPLOYMENT_ID || null);
}

/** Why a call of an action is refused before its input is read: `foreign_origin` or `new_version`; else null. */
export async function refusedCall(): Promise<ActionFailure | null> {
  if (!(await fromOurOrigin())) return { ok: false, code: 'foreign_origin' };
  return (await fromThisBuild()) ? null : { ok: false, code: 'new_version' };
}

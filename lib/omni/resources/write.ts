import 'server-only';
import type { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { checkedBody } from '#lib/omni/door/local-error.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import { err, type Result } from '#lib/omni/result.ts';

/** Holds a body against its schema, then sends the write once. A body that doesn't fit is `invalid` and never sent. */
export async function write<B extends Record<string, unknown>, T>(
  omni: Omni,
  bodySchema: z.ZodType<B>,
  call: Omit<OmniCall<T>, 'body'> & { body: unknown },
): Promise<Result<T, OmniError>> {
  const checked = checkedBody(bodySchema, call.body);
  return checked.ok ? omni.request({ ...call, body: checked.value }) : err(checked.error);
}

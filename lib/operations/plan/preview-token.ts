import 'server-only';
import { z } from 'zod';
import { openText, sealText } from '#lib/store/seal.ts';
import { inputToday, operationToday, textsToday } from '#lib/operations/journal/read-old-names.ts';
import { value } from '#lib/operations/effects/value.ts';
import type { Json } from './define.ts';
import { jsonValue } from '#lib/omni/json.ts';

/** How long a preview may be run, in milliseconds. Afterwards a new one is needed. */
export const PREVIEW_LIFE_MS = 15 * 60_000;

const SEAL_CONTEXT = 'operations/preview-token';

const content = z.object({
  id: z.uuid(),
  operation: z.string(),
  input: jsonValue,
  /** What an entry is called until its plan is made again. */
  title: z.object({
    key: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number(), value])).optional(),
  }),
  fingerprint: z.string(),
  sid: z.string(),
  server: z.string(),
  /** The entry this undoes, as it stood: continued since, it did more than this would undo. */
  undo: z.object({ of: z.uuid(), fence: z.int() }).optional(),
  at: z.number(),
});

/** What was shown to whom: the operation, its input and the fingerprint of the effects that were agreed to. */
export type SealedPreview = z.infer<typeof content> & { input: Json };

/** Why a token cannot be run. */
export type TokenProblem = 'preview_forged' | 'preview_expired' | 'preview_foreign';

/** Seals a preview into text for the browser: it can be given back, not read or made. */
export function sealPreview(preview: SealedPreview): string {
  return sealText(SEAL_CONTEXT, JSON.stringify(preview));
}

/**
 * Opens a token for a session at a time (milliseconds). Forged, damaged, expired and foreign ones are refused, each by its name;
 * an expired one gives the id of its preview, since it may have been run in time.
 */
export function openPreview(
  token: string,
  session: { sid: string; server: string },
  now: number,
): { ok: true; preview: SealedPreview } | { ok: false; problem: TokenProblem; id?: string } {
  const text = openText(SEAL_CONTEXT, token);
  if (!text.ok) return { ok: false, problem: 'preview_forged' };
  const parsed = content.safeParse(JSON.parse(text.value));
  if (!parsed.success) return { ok: false, problem: 'preview_forged' };
  const preview = parsed.data as SealedPreview;
  if (preview.sid !== session.sid || preview.server !== session.server)
    return { ok: false, problem: 'preview_foreign' };
  if (now - preview.at > PREVIEW_LIFE_MS || preview.at > now + 60_000)
    return { ok: false, problem: 'preview_expired', id: preview.id };
  const { operation, input, title } = preview;
  const today = { operation: operationToday(operation), input: inputToday(operation, input), title: textsToday(title) };
  return { ok: true, preview: { ...preview, ...today } };
}

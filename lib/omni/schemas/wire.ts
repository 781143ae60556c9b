import { z } from 'zod';
import { jsonObject } from '#lib/omni/json.ts';

/** PostgreSQL's text of a time, as the person search answers it: `2026-06-26 00:00:00.000123+00` (contract §1.8). */
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?\s?(?:Z|([+-]\d\d)(?::?(\d\d))?)?$/;

/** ISO 8601 in UTC with milliseconds, cut and not rounded, or nothing. A time without a zone is UTC. */
export function isoTime(text: string): string | undefined {
  const [, day, time, fraction = '', hours, minutes = '00'] = TIME.exec(text) ?? [];
  if (!day) return undefined;
  const zone = hours ? `${hours}:${minutes}` : 'Z';
  const date = new Date(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`);
  return Number.isNaN(date.valueOf()) ? undefined : date.toISOString();
}

/** A time in any of Omni's spellings, as `2026-06-26T00:00:00.000Z`. */
export const time = z.string().transform((text, context) => {
  const iso = isoTime(text);
  if (iso !== undefined) return iso;
  context.addIssue({ code: 'custom', message: 'is no time' });
  return z.NEVER;
});

/** What may be null, or missing in another generation of Omni. */
export function orNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value): z.output<T> | null => value ?? null);
}

/** A list that may be null, or missing in another generation of Omni. */
export function listOf<T extends z.ZodType>(schema: T) {
  return z
    .array(schema)
    .nullish()
    .transform((value): z.output<T>[] => value ?? []);
}

export const text = orNull(z.string());
/** The address that a proxy said; Omni writes "unknown" where none did (recorded answers of `GET /keys/:id` and its audit). */
export const ipAddress = text.transform((ip) => (ip === 'unknown' ? null : ip));
export const number = orNull(z.number());
export const flag = orNull(z.boolean());
export const timeOrNull = orNull(time);
export const json = orNull(jsonObject);

/** A text that may be null or missing, as an absent one. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

/** `{ data }`, unwrapped. */
export function data<T extends z.ZodType>(schema: T) {
  return z.object({ data: schema }).transform((answer) => (answer as { data: z.output<T> }).data);
}

/** `{ items }`, unwrapped. */
export function items<T extends z.ZodType>(schema: T) {
  return z.object({ items: z.array(schema) }).transform((answer): z.output<T>[] => answer.items);
}

/** `{ items, meta }`; `cursor` is absent on the last page, and sometimes before it (contract §1.6). */
export function page<T extends z.ZodType>(schema: T) {
  return z.object({ items: z.array(schema), meta: z.object({ hasMore: z.boolean(), cursor: optionalText }) });
}

/** What a delete answers; nothing of it is kept. Some servers answer 204. */
export const done = z
  .object({ success: z.literal(true) })
  .optional()
  .transform(() => undefined);

/** Ids are sent as UUIDs only: other texts make Omni answer 500 (contract §1.5). */
export const uuid = z.guid();

/** Larger integers pass Omni's checks and fail in its database (contract §1.5). */
export const int4 = z.int().min(-2_147_483_648).max(2_147_483_647);

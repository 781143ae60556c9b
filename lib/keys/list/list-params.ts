import { z } from 'zod';
import { KEY_FILTERS, KEY_SORTS, USES, type KeyListQuery } from './list.ts';

export const PAGE_SIZES = [20, 50, 100] as const;

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The list's address parameters; invalid, repeated and huge values fall back to the defaults. */
export const keysParams = z.object({
  q: z.preprocess(one, z.string().trim().max(200)).catch(''),
  show: z.preprocess(one, z.enum(KEY_FILTERS)).catch('live'),
  use: z.preprocess(one, z.enum(USES)).catch('any'),
  sort: z.preprocess(one, z.templateLiteral([z.enum(['', '-']), z.enum(KEY_SORTS)])).catch('-created'),
  page: z.preprocess(one, z.coerce.number().int().min(1).max(1000)).catch(1),
  limit: z
    .preprocess(
      one,
      z.coerce.number().refine((size) => PAGE_SIZES.some((known) => known === size)),
    )
    .catch(20),
});

export type KeysParams = z.infer<typeof keysParams>;

const DEFAULTS = keysParams.parse({});

/** What the list is asked for. */
export function queryOf({ q, show, use, sort }: KeysParams): KeyListQuery {
  return { q, show, use, sort: sort.replace('-', '') as KeyListQuery['sort'], down: sort.startsWith('-') };
}

/** The address parameters of the list with some of them changed; any change except of the page goes back to the first page. */
export function keysQuery(params: KeysParams, change: Partial<KeysParams> = {}): Record<string, string> {
  const wanted = { ...params, page: 1, ...change };
  const differing = Object.entries(wanted).filter(([name, value]) => value !== DEFAULTS[name as keyof KeysParams]);
  return Object.fromEntries(differing.map(([name, value]) => [name, String(value)]));
}

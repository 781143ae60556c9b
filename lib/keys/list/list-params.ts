import { z } from 'zod';
import { searchedText } from '#lib/omni/limits.ts';
import { paramOr } from '#lib/text/params.ts';
import { KEY_RISKS } from './listed-key.ts';
import { KEY_FILTERS, KEY_SORTS, USES, type KeyListQuery } from './list.ts';

export const PAGE_SIZES = [20, 50, 100] as const;

/** The list's address parameters; invalid, repeated and huge values fall back to the defaults. */
export const keysParams = z.object({
  q: paramOr(z.string().transform(searchedText), ''),
  show: paramOr(z.enum(KEY_FILTERS), 'live'),
  use: paramOr(z.enum(USES), 'any'),
  permission: paramOr(z.string().max(64), ''),
  instance: paramOr(z.uuid().toLowerCase(), ''),
  risk: paramOr(z.enum(['', ...KEY_RISKS]), ''),
  by: paramOr(z.string().max(255), ''),
  sort: paramOr(z.templateLiteral([z.enum(['', '-']), z.enum(KEY_SORTS)]), '-created'),
  page: paramOr(z.coerce.number().int().min(1).max(1000), 1),
  limit: paramOr(
    z.coerce.number().refine((size) => PAGE_SIZES.some((known) => known === size)),
    20,
  ),
});

export type KeysParams = z.infer<typeof keysParams>;

const DEFAULTS = keysParams.parse({});

/** What the list is asked for. */
export function queryOf({ q, show, use, permission, instance, risk, by, sort }: KeysParams): KeyListQuery {
  return {
    q,
    show,
    use,
    permission,
    instance,
    risk,
    by,
    sort: sort.replace('-', '') as KeyListQuery['sort'],
    down: sort.startsWith('-'),
  };
}

/** The address parameters of the list with some of them changed; any change except of the page goes back to the first page. */
export function keysQuery(params: KeysParams, change: Partial<KeysParams> = {}): Record<string, string> {
  const wanted = { ...params, page: 1, ...change };
  const differing = Object.entries(wanted).filter(([name, value]) => value !== DEFAULTS[name as keyof KeysParams]);
  return Object.fromEntries(differing.map(([name, value]) => [name, String(value)]));
}

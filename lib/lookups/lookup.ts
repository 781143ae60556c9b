import { searchedText } from '#lib/omni/limits.ts';
import * as z from './shape.ts';

/**
 * A reading of the console's own server that a page asks for while it is open: its address, what is asked (each part a text, or a
 * list of them), and what is answered; as lines, where it comes in parts. Both ends import the same one.
 */
export type Lookup<Q, A> = { address: string; query: z.LookupShape<Q>; answer: z.LookupShape<A> };

/** The address of a lookup with its query. Empty parts are left out; lists stand with commas between. */
export function lookupHref<Q extends object>({ address }: Pick<Lookup<Q, unknown>, 'address'>, query: Q): string {
  const parts = Object.entries(query as Record<string, string | readonly string[] | undefined>).flatMap(
    ([name, value]) => {
      const text = typeof value === 'string' ? value : (value ?? []).join(',');
      return text
        ? [`${name}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';')}`]
        : [];
    },
  );
  return parts.length > 0 ? `${address}?${parts.join('&')}` : address;
}

/** What a request asks of a lookup; null where it asks nothing that it knows, or something twice. */
export function lookupQuery<Q>({ query }: Pick<Lookup<Q, unknown>, 'query'>, asked: URLSearchParams): Q | null {
  if (new Set(asked.keys()).size < asked.size) return null;
  const parsed = query.safeParse(Object.fromEntries(asked));
  return parsed.success ? parsed.data : null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A text that is searched for, cut at what Omni takes. Absent is ''. */
export const searchText = z.pipe(
  z.optional(z.string()),
  z.transform((text: string | undefined) => searchedText(text ?? '')),
);

/** Ids with commas between them, in small letters; what is no id falls away, and so does what is more than `most`. */
export const ids = (most: number) =>
  z.pipe(
    z.optional(z.string()),
    z.transform((text: string | undefined) =>
      (text ?? '')
        .split(',')
        .filter((id) => UUID.test(id))
        .slice(0, most)
        .map((id) => id.toLowerCase()),
    ),
  );

/** An id, in small letters: PostgreSQL reads capitals, our comparisons would not. */
export const oneId = z.pipe(
  z.custom<string>((text) => typeof text === 'string' && UUID.test(text)),
  z.transform((text: string) => text.toLowerCase()),
);

/** A row of an answer: an object with an id. Its other fields come from the same build of the same server. */
export const rowOf = <T extends { id: string }>() =>
  z.custom<T>((row) => typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string');

/** A code of the namespace `problems`, where a part of the answer could not be had. */
export const problem = z.optional(z.string());

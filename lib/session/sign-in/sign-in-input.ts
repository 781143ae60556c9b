import { z } from 'zod';
import { keyIn } from './key-in.ts';

const LONGEST_NAME = 80;
/** As `TYPED` of `servers.ts`. */
const TYPED_SERVER = 'typed';

// In the browser the CSP allows no code from texts, and zod would try: told beforehand, it doesn't.
if ('window' in globalThis) z.config({ jitless: true });

const cut = (name: string) => Array.from(name.toWellFormed()).slice(0, LONGEST_NAME).join('').trim();

/**
 * The values of the sign-in form; messages are codes of the namespace `form`. The format of the key is checked by `signIn`, which
 * has a problem code for it.
 */
export const signInInput = z
  .object({
    serverId: z.string().max(400),
    /** The address that was typed instead of choosing a server. */
    address: z.string().max(400).optional(),
    key: z.string().max(100_000).transform(keyIn).pipe(z.string().min(1, 'key')),
    yourName: z
      .string()
      .optional()
      .transform((text) => (text === undefined ? null : cut(text.trim()) || null)),
    next: z.string().optional(),
  })
  .refine(({ serverId, address }) => serverId !== TYPED_SERVER || Boolean(address?.trim()), {
    path: ['address'],
    message: 'address',
  });

/** A sign-in: which server, which key as typed, and the name for the record. */
export type SignInInput = Omit<z.output<typeof signInInput>, 'next'>;

/** The server to switch to. */
export const switchInput = z.strictObject({ serverId: z.string().min(1).max(400) });

import { z } from 'zod';

const LONGEST_NAME = 80;

const cut = (name: string) => Array.from(name.toWellFormed()).slice(0, LONGEST_NAME).join('').trim();

/** What the sign-in form sends. The key's own form is checked at sign-in, with a sentence of its own. */
export const signInInput = z.object({
  serverId: z.string().max(400),
  /** What was typed instead of choosing a server. */
  address: z.string().max(400).optional(),
  key: z.string().max(100_000),
  yourName: z
    .string()
    .optional()
    .transform((text) => (text === undefined ? null : cut(text.trim()) || null)),
  next: z.string().optional(),
});

/** A sign-in: which server, which key as typed, and the name for the record. */
export type SignInInput = Omit<z.output<typeof signInInput>, 'next'>;

/** Which server to turn to. */
export const switchInput = z.strictObject({ serverId: z.string().min(1).max(400) });

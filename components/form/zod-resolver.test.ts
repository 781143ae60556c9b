import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signInInput } from '#lib/session/sign-in/sign-in-input.ts';
import { zodResolver } from './zod-resolver.ts';

const OPTIONS = { fields: {}, shouldUseNativeValidation: false };
const check = (schema: z.ZodType, values: object) => zodResolver(async () => schema)(values, undefined, OPTIONS);

describe('zodResolver', () => {
  it('hands on what was typed: the server transforms it', async () => {
    const trimmed = z.object({ name: z.string().trim() });
    expect(await check(trimmed, { name: ' Ana ' })).toEqual({ values: { name: ' Ana ' }, errors: {} });
  });

  it('tells the first issue of each field where the form looks for it, also inside rows', async () => {
    const rows = z.object({
      rows: z.array(z.object({ key: z.string().min(1, 'no_key') })),
      name: z.string().min(2, 'short').regex(/^a/, 'letter'),
    });
    expect(await check(rows, { rows: [{ key: 'a' }, { key: '' }], name: '' })).toEqual({
      values: {},
      errors: {
        rows: { 1: { key: { type: 'too_small', message: 'no_key' } } },
        name: { type: 'too_small', message: 'short' },
      },
    });
  });

  it('tells an issue of the whole as that of the root', async () => {
    const whole = z.object({ a: z.string() }).refine(() => false, 'both');
    expect(await check(whole, { a: '' })).toMatchObject({ errors: { root: { message: 'both' } } });
  });

  it('lets the values through where the schema can’t be loaded: the server parses them', async () => {
    const away = zodResolver(() => Promise.reject(new Error('offline')));
    expect(await away({ key: '' }, undefined, OPTIONS)).toEqual({ values: { key: '' }, errors: {} });
  });

  it('sign-in: an empty key and an empty typed address are refused by code', async () => {
    const values = { serverId: 'typed', address: ' ', key: ' ', yourName: '' };
    expect(await check(signInInput, values)).toMatchObject({ errors: { key: { message: 'key' } } });
    expect(await check(signInInput, { ...values, key: 'x' })).toMatchObject({
      errors: { address: { message: 'address' } },
    });
  });
});

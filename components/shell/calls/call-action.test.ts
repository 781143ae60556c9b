import { redirect } from 'next/navigation';
import { UnrecognizedActionError } from 'next/dist/client/components/unrecognized-action-error';
import { describe, expect, test } from 'vitest';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { callAction } from './call-action.ts';

const save: ServerAction<{ text: string }, string> = ({ text }) => Promise.resolve({ ok: true, data: text });
const failing =
  (error: unknown): ServerAction<undefined> =>
  async () => {
    throw error;
  };
const digested = (digest: string) => Object.assign(new Error('An error occurred'), { digest });

describe('callAction', () => {
  test('answers what the action answers', async () => {
    expect(await callAction(save, { text: 'a' })).toEqual({ ok: true, data: 'a' });
    const refused: ActionResult = { ok: false, code: 'forbidden', values: { scope: 'keys:write' } };
    expect(await callAction(() => Promise.resolve(refused), undefined)).toEqual(refused);
  });

  test.each([
    ['an action that this build does not know', new UnrecognizedActionError('not found'), 'new_version'],
    ['a lost connection', new TypeError('Failed to fetch'), 'console_unreachable'],
    ['a proxy’s page', new Error('An unexpected response was received from the server.'), 'console_unreachable'],
    ['something that is no error', 'a string', 'console_unreachable'],
    ['an error of the server’s', digested('1234567890'), 'unexpected'],
    ['a refused page', digested('NEXT_HTTP_ERROR_FALLBACK;403'), 'unexpected'],
    [
      'the way to the sign-in page',
      digested('NEXT_REDIRECT;push;/login?reason=idle&next=%2Fkeys;307;'),
      'session_ended',
    ],
  ])('never rejects: %s', async (_what, error, code) => {
    expect(await callAction(failing(error), undefined)).toEqual({ ok: false, code });
  });

  test('never rejects: an action that throws before it is sent', async () => {
    const broken: ServerAction<undefined> = () => {
      throw new TypeError('cannot be serialised');
    };
    expect(await callAction(broken, undefined)).toEqual({ ok: false, code: 'console_unreachable' });
  });

  test('an action that leads to another page did what it was asked', async () => {
    const signIn: ServerAction<undefined> = async () => redirect('/persons?q=a;b' as never);
    expect(await callAction(signIn, undefined)).toEqual({ ok: true, data: undefined });
    const nothing = (() => Promise.resolve(undefined)) as unknown as ServerAction<undefined>;
    expect(await callAction(nothing, undefined)).toEqual({ ok: true, data: undefined });
  });

  test('nobody else calls an action: a bare call has no type', () => {
    const actions = { save };
    // @ts-expect-error -- `this` of an action is `callAction`'s alone
    const bare = () => save({ text: 'a' });
    // @ts-expect-error -- nor as a part of something
    const part = () => actions.save({ text: 'a' });
    expect([bare, part]).toHaveLength(2);
  });
});

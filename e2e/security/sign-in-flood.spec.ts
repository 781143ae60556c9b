import { randomBytes } from 'node:crypto';
import { expect, test } from '../fixtures/test.ts';
import { withConsole } from '../fixtures/servers/second-console.ts';
import { actionCall, builtActions, resultOf, sendRaw } from './hostile.ts';

const ATTEMPTS = process.env.SOAK ? 1000 : 120;
const AT_ONCE = 20;
const LETTERS = /[^A-Za-z0-9]/g;

const guess = () => `omni_sk_${randomBytes(48).toString('base64').replaceAll(LETTERS, '').slice(0, 32)}`;

test('sign-in: guessing keys gets ten answers, whatever address it claims, and then one and the same', async ({
  sandbox,
  omni,
}) => {
  await withConsole({ servers: `Demo=${sandbox.url}` }, async (web) => {
    const action = builtActions().find(({ name }) => name === 'signInAction');
    if (!action) throw new Error('signInAction is not built');
    await omni.clearCalls();
    const attempt = async (number: number) => {
      const claimed = `203.0.${Math.floor(number / 250)}.${number % 250}`;
      const headers = {
        origin: web.origin,
        'x-forwarded-for': claimed,
        'x-real-ip': claimed,
        forwarded: `for=${claimed}`,
      };
      const key = number === ATTEMPTS - 1 ? sandbox.keys.admin : guess();
      return sendRaw(web.origin, actionCall(action, [{ serverId: 'demo', key }], headers));
    };
    const answers = [];
    for (let number = 0; number < ATTEMPTS; number += AT_ONCE)
      answers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => attempt(number + at)))));
    const codes = answers.map((answer) => resultOf(answer)?.code);
    expect(new Set(codes)).toEqual(new Set(['wrong_key', 'too_many_tries']));
    const asked = codes.filter((code) => code === 'wrong_key').length;
    expect(asked).toBeLessThanOrEqual(10);
    const validated = (await omni.calls()).items.filter(({ path }) => path.endsWith('/auth/validate'));
    expect(validated.length).toBe(asked);
    const refused = answers.filter((answer) => resultOf(answer)?.code === 'too_many_tries');
    expect(new Set(refused.map(({ text }) => /\{"ok".*/.exec(text)?.[0])).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['set-cookie'])).toEqual([]);
    console.log(
      `hostile requests: ${ATTEMPTS} guesses at sign-in, ${asked} reached Omni, the right key last: refused alike`,
    );
  });
});

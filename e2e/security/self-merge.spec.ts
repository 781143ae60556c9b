import { expect, test } from '../fixtures/test.ts';
import { forged, header, pageOf } from './forged.ts';
import { actionCall, builtActions, resultOf, sendRaw } from './hostile.ts';

test('persons.merge: nobody is merged into themselves by a forged preview or run, nor in capitals', async ({
  web,
  sandbox,
  omni,
}) => {
  const action = (name: string) => builtActions().find((one) => one.name === name) ?? { id: '', name, page: '/' };
  const { admin } = sandbox.keys;
  const cookie = header(await forged(web, admin));
  const page = await pageOf(web, admin);
  const call = async (name: string, args: unknown) =>
    sendRaw(web.origin, actionCall(action(name), [args], { cookie, ...page }));
  const ana = 'dddddd07-0000-4000-8000-000000000007';
  const bia = 'dddddd08-0000-4000-8000-000000000008';
  const big = ana.toUpperCase();
  const [held] = await omni.sql('SELECT id FROM platform_identities WHERE person_id = ? LIMIT 1', [ana]);
  const alone = { reason: '', fields: {}, routes: {} };
  const inputs: [operation: string, input: object][] = [
    ...[
      [ana, ana],
      [ana, big],
      [big, ana],
    ].flatMap(([duplicate, survivor]): [string, object][] => [
      ['persons.merge', { duplicate, survivor, ...alone }],
      ['persons.merge-many', { duplicates: [duplicate, bia], survivor, reason: '' }],
    ]),
    [
      'persons.merge-many',
      { duplicates: [bia, ana, big], survivor: 'dddddd09-0000-4000-8000-000000000009', reason: '' },
    ],
    ['persons.link', { identityId: held?.id, fromPersonId: ana, toPersonId: big }],
  ];
  const tokenOf = (text: string) => /"token":"([^"]+)"/.exec(text)?.[1];
  await omni.clearCalls();
  const tokens: string[] = [];
  for (const [operation, input] of inputs) {
    const { text } = await call('previewAction', { operation, input });
    const token = tokenOf(text);
    const said = `${operation} ${JSON.stringify(input)}: ${text.slice(0, 300)}`;
    if (token) {
      expect(text, said).toContain('"refusal":{"key":"');
      tokens.push(token);
    } else expect(resultOf({ text, status: 200, headers: {} }), said).toMatchObject({ ok: false, code: 'invalid' });
  }
  expect(tokens.length).toBeGreaterThanOrEqual(3);
  for (const token of tokens) {
    const { text } = await call('runAction', { token });
    expect(text, 'a plan that refuses is shown again, not run').toMatch(/"is":"stale"|"ok":false/);
    const again = tokenOf(text);
    if (again) expect((await call('runAction', { token: again })).text).not.toContain('"is":"started"');
  }
  const pair = await call('previewAction', {
    operation: 'persons.merge',
    input: { duplicate: ana, survivor: bia, ...alone },
  });
  const swapped = {
    token: tokenOf(pair.text),
    operation: 'persons.merge',
    input: { duplicate: ana, survivor: ana, ...alone },
  };
  expect(swapped.token).toBeDefined();
  expect(resultOf(await call('runAction', swapped))).toMatchObject({ ok: false, code: 'invalid' });

  const calls = (await omni.calls()).items.filter(({ method }) => method !== 'GET');
  expect(calls).toEqual([]);
  expect(await omni.sql('SELECT id FROM persons WHERE id = ?', [ana])).toHaveLength(1);
});

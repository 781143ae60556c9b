import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Json } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { lineOf, startEditorBed, VENDAS, WHATSAPP } from '#lib/routes/testing/editor-bed.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { fieldsOf } from './route-fields.ts';

const { sandbox, runner, sent, newChat, newRoute, routeNow, stop } = await startEditorBed();
afterAll(stop);
beforeEach(() => void (sent.length = 0));

/** What a curl line sends. */
function sentBy(line: string): unknown {
  const [, word = ''] = / -d '(.*)'$/s.exec(line) ?? [];
  return JSON.parse(word.replaceAll(`'\\''`, "'"));
}

const FILTER = {
  mode: 'filtered',
  conditions: { onDm: true, onMention: false, onReply: true, onNameMatch: true, namePatterns: ['omni', "d'água"] },
};

/** Two values of each, and what the command line calls it (null: it cannot). */
const SAMPLES: Record<Override, [one: Json, other: Json, flag: string | null]> = {
  agentTimeout: [120, 1, '--timeout 120'],
  agentStreamMode: [true, false, '--stream'],
  agentReplyFilter: [FILTER, { mode: 'all', conditions: { ...FILTER.conditions, namePatterns: [] } }, null],
  agentSessionStrategy: ['per_user', 'per_chat', null],
  agentPrefixSenderName: [false, true, '--no-prefix-sender'],
  agentWaitForMedia: [false, true, '--no-wait-media'],
  agentSendMediaPath: [true, false, '--send-media-path'],
  agentGateEnabled: [true, false, '--gate'],
  agentGateModel: ['gpt-4o-mini', 'x'.repeat(120), '--gate-model gpt-4o-mini'],
  agentGatePrompt: ["Só clientes\nd'ouro", '', "--gate-prompt 'Só clientes\nd'\\''ouro'"],
  messageDebounceMode: ['presence', 'disabled', null],
  messageDebounceMinMs: [0, 2_147_483_647, null],
  messageDebounceMaxMs: [900, 0, null],
  messageDebounceGroupMs: [1500, 0, null],
  messageDebounceRestartOnTyping: [true, false, null],
  messageDebounceMaxWaitMs: [9000, 0, null],
  messageSplitDelayMode: ['fixed', 'randomized', null],
  messageSplitDelayFixedMs: [250, 0, null],
  messageSplitDelayMinMs: [100, 0, null],
  messageSplitDelayMaxMs: [2000, 0, null],
  enableAutoSplit: [false, true, null],
  reactionAck: ['on', 'off', null],
  reactionAckEmoji: [{ received: '👀', done: '✅' }, {}, null],
  ackTimeoutMs: [3000, 1, null],
  agentAckMessage: ['Já volto — um instante', '', null],
};

test.each(OVERRIDES)(
  'routes.edit sets, changes and clears %s, sends it alone, reads it back and undoes the change',
  async (name) => {
    const [one, other, flag] = SAMPLES[name];
    const { id } = await newRoute({ label: 'fica', priority: 7 });
    const path = `/instances/${WHATSAPP}/routes/${id}`;
    const change = (value: Json) =>
      carryOut(runner, 'routes.edit', { instanceId: WHATSAPP, id, changes: { [name]: value } });

    const set = await change(one);
    expect([set.status, (await routeNow(id))[name]]).toEqual(['done', one]);
    expect(sent).toEqual([{ method: 'PATCH', path, body: { [name]: one } }]);
    const line = lineOf(set.body.plan.command);
    if (flag) expect(line).toBe(`omni routes update ${id} --instance ${WHATSAPP} ${flag}`);
    else expect(line).toBe(curlLine('PATCH', sandbox.url, path, { [name]: one }));

    await change(other);
    expect((await routeNow(id))[name]).toEqual(other);

    const cleared = await change(null);
    expect([cleared.status, (await routeNow(id))[name]]).toEqual(['done', null]);
    expect(sent.at(-1)?.body).toEqual({ [name]: null });
    expect(lineOf(cleared.body.plan.command)).toBe(curlLine('PATCH', sandbox.url, path, { [name]: null }));

    const back = await undoEntry(runner, cleared.id);
    expect([back.status, (await routeNow(id))[name]]).toEqual(['done', other]);
    expect(fieldsOf(await routeNow(id))).toMatchObject({ agentId: VENDAS, label: 'fica', priority: 7, isActive: true });
  },
);

test.each(OVERRIDES)(
  'routes.create with %s sends only that besides the target, and the command creates the same route',
  async (name) => {
    const [one, , flag] = SAMPLES[name];
    const chatId = await newChat();
    const body = { scope: 'chat', chatId, agentId: VENDAS, [name]: one };
    const entry = await carryOut(runner, 'routes.create', { instanceId: WHATSAPP, body });
    expect(entry.status).toBe('done');
    expect(sent).toEqual([{ method: 'POST', path: `/instances/${WHATSAPP}/routes`, body }]);
    const made = await routeNow(String(entry.steps[0]?.result));
    const others = OVERRIDES.filter((each) => each !== name).map((each) => made[each]);
    expect([made[name], [...new Set(others)]]).toEqual([one, [null]]);
    const line = lineOf(entry.body.plan.command);
    if (flag)
      expect(line).toBe(
        `omni routes create --instance ${WHATSAPP} --scope chat --chat ${chatId} --agent ${VENDAS} ${flag}`,
      );
    else {
      expect(line).toMatch(/^curl -X POST /);
      expect(sentBy(line)).toEqual(body);
    }
  },
);

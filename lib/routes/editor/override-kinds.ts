import type { Override } from './overrides.ts';

/** How a value of an override is given. `text` may hold line breaks where `long`. */
export type OverrideKind =
  | { is: 'flag' }
  | { is: 'number'; unit: 's' | 'ms'; min: 0 | 1 }
  | { is: 'choice'; of: readonly string[] }
  | { is: 'text'; long: boolean; max?: number }
  | { is: 'filter' }
  | { is: 'emoji' };

/** What lets a message through a reply filter (contract §2). */
export const CONDITIONS = ['onDm', 'onMention', 'onReply', 'onNameMatch'] as const;

const ms = { is: 'number', unit: 'ms', min: 0 } as const;
const flag = { is: 'flag' } as const;

/** Types and limits of the 25 overrides (contract §2). Omni does not compare a minimum with its maximum. */
export const KINDS: Record<Override, OverrideKind> = {
  agentTimeout: { is: 'number', unit: 's', min: 1 },
  agentStreamMode: flag,
  agentReplyFilter: { is: 'filter' },
  agentSessionStrategy: { is: 'choice', of: ['per_user', 'per_chat'] },
  agentPrefixSenderName: flag,
  agentWaitForMedia: flag,
  agentSendMediaPath: flag,
  agentGateEnabled: flag,
  agentGateModel: { is: 'text', long: false, max: 120 },
  agentGatePrompt: { is: 'text', long: true },
  messageDebounceMode: { is: 'choice', of: ['disabled', 'fixed', 'randomized', 'presence'] },
  messageDebounceMinMs: ms,
  messageDebounceMaxMs: ms,
  messageDebounceGroupMs: ms,
  messageDebounceRestartOnTyping: flag,
  messageDebounceMaxWaitMs: ms,
  messageSplitDelayMode: { is: 'choice', of: ['disabled', 'fixed', 'randomized'] },
  messageSplitDelayFixedMs: ms,
  messageSplitDelayMinMs: ms,
  messageSplitDelayMaxMs: ms,
  enableAutoSplit: flag,
  reactionAck: { is: 'choice', of: ['off', 'on'] },
  reactionAckEmoji: { is: 'emoji' },
  ackTimeoutMs: { is: 'number', unit: 'ms', min: 1 },
  agentAckMessage: { is: 'text', long: true },
};

/** The overrides in the order people read them. */
export const SECTIONS = {
  delivery: [
    'agentTimeout',
    'agentStreamMode',
    'messageDebounceMode',
    'messageDebounceMinMs',
    'messageDebounceMaxMs',
    'messageDebounceGroupMs',
    'messageDebounceRestartOnTyping',
    'messageDebounceMaxWaitMs',
    'messageSplitDelayMode',
    'messageSplitDelayFixedMs',
    'messageSplitDelayMinMs',
    'messageSplitDelayMaxMs',
    'enableAutoSplit',
  ],
  replies: ['agentReplyFilter', 'agentSessionStrategy', 'agentPrefixSenderName'],
  media: ['agentWaitForMedia', 'agentSendMediaPath'],
  gate: ['agentGateEnabled', 'agentGateModel', 'agentGatePrompt'],
  acknowledge: ['reactionAck', 'reactionAckEmoji', 'ackTimeoutMs', 'agentAckMessage'],
} as const satisfies Record<string, readonly Override[]>;

export type OverrideSection = keyof typeof SECTIONS;

const INT4 = 2_147_483_647;

/** Why a value can't be sent, as a key of messages. */
export type ValueProblem =
  | 'whole'
  | 'least'
  | 'most'
  | 'long'
  | 'empty'
  | 'required'
  | 'no-condition'
  | 'no-emoji'
  | 'half'
  | 'twice';

/**
 * Why a value can't be sent; nothing where it can. Larger integers break Omni's database (contract §1.5). A model without a name and a
 * filter without a condition are half filled: Omni takes both, and nobody means them.
 */
export function valueProblem(name: Override, value: unknown): ValueProblem | null {
  const kind = KINDS[name];
  if (kind.is === 'number') {
    if (typeof value !== 'number' || !Number.isInteger(value)) return 'whole';
    return value < kind.min ? 'least' : value > INT4 ? 'most' : null;
  }
  if (kind.is === 'text') {
    if (typeof value !== 'string') return 'empty';
    if (!kind.long && value.trim() === '') return 'required';
    return value.length > (kind.max ?? Infinity) ? 'long' : null;
  }
  if (kind.is === 'filter') return lacksCondition(value) ? 'no-condition' : null;
  if (kind.is === 'choice') return typeof value === 'string' && kind.of.includes(value) ? null : 'empty';
  return null;
}

/** Whether only some get an answer, and nothing says who. */
function lacksCondition(filter: unknown): boolean {
  const { mode, conditions } = filter as { mode?: unknown; conditions?: { [name: string]: unknown } };
  return mode === 'filtered' && !Object.values(conditions ?? {}).includes(true);
}

const PAIRS = [
  ['messageDebounceMinMs', 'messageDebounceMaxMs'],
  ['messageSplitDelayMinMs', 'messageSplitDelayMaxMs'],
] as const;

/** Settings that would be larger than their maximum, with that: Omni takes them (contract §2). `effective` answers the value in force. */
export function crossedPairs(effective: (name: Override) => unknown): { least: Override; most: Override }[] {
  return PAIRS.flatMap(([least, most]) => {
    const [low, high] = [effective(least), effective(most)];
    return typeof low === 'number' && typeof high === 'number' && low > high ? [{ least, most }] : [];
  });
}

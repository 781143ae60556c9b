import { MINUTE } from '../world/clock.ts';
import type { SqlRow } from '../world/database.ts';
import type { Generation } from '../world/database-errors.ts';
import { requireInstanceRow } from './instances.ts';
import { ruleWire } from './access-rows.ts';
import type { Wire } from '../world/tables.ts';
import type { World } from '../world/world.ts';

type Asked = { instanceId: string; platformUserId: string };

const TIME_TO_LIVE = 5 * MINUTE;

/**
 * Whether a handle is let in. An answer is kept for five minutes under instance and handle, the channel is not read; `disabled`
 * is neither kept nor answered from what is kept (behaviour P1–P34, Q1–Q10).
 */
export function createAccessCheck(world: World): (asked: Asked) => Wire {
  return ({ instanceId, platformUserId }) => {
    const { accessCache, clock } = world;
    const mode = String(requireInstanceRow(world, instanceId).access_mode);
    if (mode === 'disabled') return { allowed: true, reason: 'Access control disabled', mode };
    const mark = `${instanceId} ${platformUserId}`;
    const known = accessCache.get(mark);
    if (known && known.until > clock.now()) return known.answer;
    const answer = decide(world, { instanceId, platformUserId }, mode);
    accessCache.set(mark, { answer, until: clock.now() + TIME_TO_LIVE });
    return answer;
  };
}

/** The first match decides: by priority, then the newest; a global rule, a pattern and an exact handle weigh the same. */
function decide(world: World, { instanceId, platformUserId }: Asked, mode: string): Wire {
  const rule = world.store
    .all(
      `SELECT * FROM access_rules WHERE enabled = 1 AND (expires_at IS NULL OR expires_at > ?)
        AND rule_type IN ('allow', 'deny') AND (instance_id IS NULL OR instance_id = ?)
        ORDER BY priority DESC, created_at DESC`,
      world.clock.now(),
      instanceId.toLowerCase(),
    )
    .find((row) => matches(row, platformUserId, world.generation));
  if (!rule) {
    const allowed = mode === 'blocklist';
    const reason = allowed ? 'No matching rule, default allow' : 'No matching rule, default deny (allowlist)';
    return { allowed, reason, mode };
  }
  const allowed = rule.rule_type === 'allow';
  const reason = rule.reason ?? (allowed ? 'Allowed by rule' : 'Denied by rule');
  return { allowed, rule: ruleWire(world, rule), reason, mode };
}

/** `personId` is never read. The newest source compares handles without what follows their first `@` (behaviour P35). */
function matches(rule: SqlRow, asked: string, generation: Generation): boolean {
  const handle = String(rule.platform_user_id ?? '');
  const compared = (text: string) => (generation === 'newest' ? text.replace(/@.*$/s, '') : text);
  if (handle !== '' && compared(handle) === compared(asked)) return true;
  const pattern = String(rule.phone_pattern ?? '');
  return pattern !== '' && matchesPattern(pattern, asked);
}

/**
 * One leading `+` is cut from both, `*` is any characters but a line break, all else is text, against the whole handle. Many
 * stars take seconds of the whole server, as in Omni.
 */
function matchesPattern(pattern: string, asked: string): boolean {
  const bare = (text: string) => text.replace(/^\+/, '');
  const literal = bare(pattern).replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*')}$`).test(bare(asked));
}

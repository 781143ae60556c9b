import { MINUTE } from '../world/clock.ts';
import type { SqlRow } from '../world/database.ts';
import { requireInstanceRow } from './instances.ts';
import { toWire, type Wire } from '../world/tables.ts';
import { rules } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';

type Asked = { instanceId: string; platformUserId: string; channel: string };

const TIME_TO_LIVE = 5 * MINUTE;

/**
 * The matcher reads `platformUserId` and `phonePattern` and nothing else: a rule that has only a person never matches
 * (contract §6). Of the enabled, unexpired rules that match, the highest priority decides; without one, a blocklist
 * allows and an allowlist refuses. The order between an allow and a deny rule is read from the contract, not proved.
 */
export function createAccessCheck(world: World): (asked: Asked) => Wire {
  return (asked) => {
    const { accessCache, clock } = world;
    const mark = `${asked.instanceId} ${asked.channel} ${asked.platformUserId}`;
    const known = accessCache.get(mark);
    if (known && known.until > clock.now()) return known.answer;
    const answer = decide(world, asked);
    accessCache.set(mark, { answer, until: clock.now() + TIME_TO_LIVE });
    return answer;
  };
}

function decide(world: World, asked: Asked): Wire {
  const mode = String(requireInstanceRow(world, asked.instanceId).access_mode);
  if (mode === 'disabled') return { allowed: true, reason: 'Access control is disabled', mode };
  const rule = world.store
    .all(
      `SELECT * FROM access_rules WHERE enabled = 1 AND (expires_at IS NULL OR expires_at > ?)
        AND (instance_id IS NULL OR instance_id = ?) ORDER BY priority DESC, instance_id IS NULL, created_at`,
      world.clock.now() * 1000,
      asked.instanceId.toLowerCase(),
    )
    .find((row) => matches(row, asked.platformUserId));
  if (!rule) {
    const allowed = mode === 'blocklist';
    return { allowed, reason: allowed ? 'No deny rule matched' : 'No allow rule matched', mode };
  }
  const allowed = rule.rule_type === 'allow';
  const reason = rule.reason ?? (allowed ? 'Allowed by rule' : 'Blocked by rule');
  return { allowed, rule: toWire(rules, rule), reason, mode };
}

function matches(rule: SqlRow, platformUserId: string): boolean {
  if (rule.platform_user_id !== null && rule.platform_user_id === platformUserId) return true;
  return rule.phone_pattern !== null && matchesPhone(String(rule.phone_pattern), platformUserId);
}

/** `+5511*`: digits compared as text, `*` for any. A `@lid` handle hides its phone. */
function matchesPhone(pattern: string, platformUserId: string): boolean {
  const [local = '', server] = platformUserId.split('@');
  if (server === 'lid') return false;
  const digits = local.replace(/\D/g, '');
  const wanted = pattern.replace(/[^\d*]/g, '').replaceAll('*', String.raw`\d*`);
  return wanted !== '' && new RegExp(`^${wanted}$`).test(digits);
}

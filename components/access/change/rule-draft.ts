import type { PickerOption } from '#components/form/picker/option.ts';
import type { ListedRule } from '#lib/access/rules/listed-rule.ts';
import type { Json } from '#lib/operations/plan/define.ts';

/** What a form for an access rule holds. `where` is an instance, or `all`. */
export type RuleDraft = {
  does: 'deny' | 'allow';
  where: string;
  handle: string;
  phone: string;
  person: PickerOption | null;
  how: 'silently' | 'message';
  message: string;
  ends: 'never' | 'at';
  until: string;
  priority: string;
  reason: string;
};

export const ALL = 'all';

/** A new rule, for a person where one is given. */
export function newDraft(person: PickerOption | null): RuleDraft {
  const rest = { message: '', until: '', reason: '', handle: '', phone: '' };
  return { does: 'deny', where: ALL, person, how: 'silently', ends: 'never', priority: '0', ...rest };
}

/** A rule as it is, to be changed. */
export function draftOf(rule: ListedRule): RuleDraft {
  return {
    does: rule.does === 'allows' ? 'allow' : 'deny',
    where: rule.instance?.id ?? ALL,
    handle: rule.handle ?? '',
    phone: rule.phone ?? '',
    person: null,
    how: rule.silent || rule.message === null ? 'silently' : 'message',
    message: rule.message ?? '',
    ends: rule.expiresAt === null ? 'never' : 'at',
    until: rule.expiresAt ?? '',
    priority: String(rule.priority),
    reason: rule.reason ?? '',
  };
}

type Fields = { [field: string]: Json };

/** The fields of a rule as Omni takes them; null where one is empty, undefined while a draft says none. */
function fieldsOf(draft: RuleDraft): Fields | undefined {
  const { does, how, ends, until } = draft;
  const [handle, message, reason] = [draft.handle.trim(), draft.message.trim(), draft.reason.trim()];
  // Omni takes every sign of a pattern but `*` and the first `+` literally.
  const phone = draft.phone.replaceAll(/[\s().-]/g, '');
  const priority = Number(draft.priority);
  const unsaid = (ends === 'at' && !until) || (does === 'deny' && how === 'message' && message === '');
  if (unsaid || draft.priority.trim() === '' || !Number.isInteger(priority)) return undefined;
  return {
    ruleType: does,
    platformUserId: handle || null,
    phonePattern: phone || null,
    priority,
    action: does === 'allow' ? 'allow' : how === 'silently' ? 'silent_block' : 'block',
    blockMessage: does === 'deny' && how === 'message' ? message : '',
    expiresAt: ends === 'at' ? until : null,
    reason,
  };
}

/** The input of `access.create`; undefined while there is nothing that the rule matches by. */
export function createInput(draft: RuleDraft): Fields | undefined {
  const fields = fieldsOf(draft);
  if (!fields || (!fields.platformUserId && !fields.phonePattern)) return undefined;
  const filled = Object.entries<Json>({ ...fields, personId: draft.person?.id ?? null }).filter(
    ([name, value]) => value !== null && value !== '' && !(name === 'priority' && value === 0),
  );
  return { rule: { instanceId: draft.where === ALL ? null : draft.where, ...Object.fromEntries(filled) } };
}

/** The input of `access.edit`: what differs from the rule as it was. Undefined while nothing does. */
export function editInput(rule: ListedRule, draft: RuleDraft): Fields | undefined {
  const [was, is] = [fieldsOf(draftOf(rule)), fieldsOf(draft)];
  if (!was || !is) return undefined;
  const changes = Object.fromEntries(Object.entries(is).filter(([name, value]) => value !== was[name]));
  return Object.keys(changes).length > 0 ? { id: rule.id, changes } : undefined;
}

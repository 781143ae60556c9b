import 'server-only';
import { valueShower } from '#components/operations/receipt/show-value.ts';
import { clientOf, fieldChanges, givenNameOf, thingOf, verbOf } from '#lib/activity/change.ts';
import { anyKey } from '#lib/i18n/any-key.ts';
import { formatter, planTranslations, translations } from '#lib/i18n/server.ts';
import type { AuditEntry } from '#lib/omni/schemas/audit.ts';

/** One field of a change in words; `said` in one line. `from` and `to` are null for a secret, which nobody may read. */
type SaidField = { id: string; name: string; from: string | null; to: string | null; said: string };

/** A change of Omni's record in the reader's words. `refused`: the status Omni answered, where it changed nothing. */
export type SaidChange = {
  id: string;
  at: number;
  title: string;
  verb: string;
  fields: SaidField[];
  refused: number | null;
  key: string;
  given: string | null;
  client: string | null;
  address: string | null;
};

/** Omni's names of things, as fields of them are called in the console's words. */
const FIELDS_OF: Readonly<Record<string, string>> = { route: 'route', api_key: 'key' };

/** Says changes of Omni's record in the language and zone of this request. `names`: of things by their ids. */
export async function changeSayer(names: ReadonlyMap<string, string>): Promise<(change: AuditEntry) => SaidChange> {
  const [t, plans, format] = await Promise.all([translations('omni-record'), planTranslations(), formatter()]);
  const known = anyKey(plans.t);
  const shown = valueShower(known, format);
  return (change) => {
    const { type, id, address } = thingOf(change);
    const verb = verbOf(change);
    const refused = change.statusCode >= 400 ? change.statusCode : null;
    const raw = change.targetId;
    const name = (id && names.get(id)) ?? (raw === null ? '' : raw.length > 12 ? `${raw.slice(0, 8)}…` : raw);
    const about = { verb, name, type: change.targetType ?? change.action };
    const field = (one: string) =>
      known(`operations.fields.${FIELDS_OF[type ?? ''] ?? ''}.${one}`) ?? anyKey(t)(`fields.${one}`) ?? one;
    return {
      id: change.id,
      at: Date.parse(change.createdAt),
      title: refused === null ? t(`said.${type ?? 'other'}`, about) : t(`tried.${type ?? 'other'}`, about),
      verb,
      fields: fieldChanges(change, names).map(({ field: one, hidden, from, to }) => {
        const called = field(one);
        if (hidden) return { id: one, name: called, from: null, to: null, said: t('secret', { name: called }) };
        const values = shown({ from, to });
        const both = { from: String(values.from ?? ''), to: String(values.to ?? '') };
        return { id: one, name: called, ...both, said: t('field', { name: called, ...both }) };
      }),
      refused,
      key: change.apiKeyName ?? t('no-key'),
      given: givenNameOf(change),
      client: clientOf(change),
      address,
    };
  };
}

import { Lightbulb } from 'lucide-react';
import { formatter, translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readMergeFacts } from '#lib/persons/merge/merge-read.ts';
import { adviseMerge, type Cost } from '#lib/persons/merge/merge-recommend.ts';

type Props = { omni: Omni; survivor: string; duplicate: string; scopes: readonly string[] | null };

const PARTS = ['fields', 'routes', 'rules', 'owners'] as const;

/** Why to swap the two, in one line under the button that does; nothing where this one is as good, or where that can't be read. */
export async function MergeAdvice({ omni, survivor, duplicate, scopes }: Props) {
  const [facts, t, format] = await Promise.all([
    readMergeFacts({ duplicate, survivor }, omni, scopes),
    translations('merge'),
    formatter(),
  ]);
  if (!facts.ok) return null;
  const { better, why, this: here, other } = adviseMerge(survivor, duplicate, facts.value);
  if (better !== 'other' || why === 'equal') return null;
  const more = format.list(partsMore(here, other).map(([part, count]) => t(`more.${part}`, { count })));
  return (
    <p className="mb-2 flex items-center gap-x-3 rounded bg-info-soft px-3 py-1.5">
      <Lightbulb aria-hidden className="size-4 shrink-0 text-info" />
      {t(`advice.${why}`, { more })}
    </p>
  );
}

/** What the other direction keeps more of. */
function partsMore(here: Cost, other: Cost): [(typeof PARTS)[number], number][] {
  return PARTS.map((part) => [part, here[part] - other[part]] as [typeof part, number]).filter(
    ([, count]) => count > 0,
  );
}

import { ArrowLeftRight, CircleCheck } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { formatter, translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readMergeFacts } from '#lib/persons/merge/merge-read.ts';
import { adviseMerge, type Cost } from '#lib/persons/merge/merge-recommend.ts';

type Props = { omni: Omni; survivor: string; duplicate: string; scopes: readonly string[] | null };

/** Which of the two is better kept, and what each direction loses. Nothing where that can't be read. */
export async function MergeAdvice({ omni, survivor, duplicate, scopes }: Props) {
  const [facts, t, format] = await Promise.all([
    readMergeFacts({ duplicate, survivor }, omni, scopes),
    translations('merge'),
    formatter(),
  ]);
  if (!facts.ok) return null;
  const advice = adviseMerge(survivor, duplicate, facts.value);
  const words = ({ refused, ...cost }: Cost) => {
    if (refused) return t('advice-refused');
    const lost = (['fields', 'routes', 'rules', 'owners'] as const)
      .filter((part) => cost[part] > 0)
      .map((part) => t(`advice-lost.${part}`, { count: cost[part] }));
    return lost.length === 0 ? t('advice-nothing') : t('advice-loses', { lost: format.list(lost) });
  };
  const other = advice.better === 'other';
  return (
    <div
      className={`flex flex-wrap items-center gap-3 rounded border p-3 ${other ? 'border-warn/40 bg-warn-soft' : 'bg-surface'}`}
    >
      {other ? (
        <ArrowLeftRight aria-hidden className="size-4 shrink-0 text-warn" />
      ) : (
        <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
      )}
      <div className="min-w-0 grow basis-64">
        <p className="font-medium">{t(`advice-${advice.better}`)}</p>
        <p className="text-sm text-muted">
          {t('advice-both', { this: words(advice.this), other: words(advice.other) })} {t(`advice-why-${advice.why}`)}
        </p>
      </div>
      {other ? (
        <Link
          replace
          scroll={false}
          href={`/persons/merge?into=${duplicate}&from=${survivor}`}
          className={buttonClass({ size: 'sm' })}
        >
          {t('swap')}
        </Link>
      ) : null}
    </div>
  );
}

import { ArrowRight, CircleHelp, Unplug } from 'lucide-react';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Plan, Text } from '#lib/operations/plan/define.ts';

const LOOKS = {
  kept: { icon: ArrowRight, ink: 'text-kept' },
  lost: { icon: Unplug, ink: 'text-removed' },
  unknown: { icon: CircleHelp, ink: 'text-muted' },
} as const;

/** What an entry changed, what was not kept and what nobody could check: said as done where it was, else as it was confirmed. */
export async function EntryChanges({ plan, done }: { plan: Plan; done: boolean }) {
  const [t, say] = await Promise.all([translations('activity'), requestSay()]);
  const { moves, losses, unknowns } = plan;
  const lines = [
    ...moves.map((text) => ({ text, look: 'kept' as const })),
    ...losses.map((text) => ({ text, look: 'lost' as const })),
    ...unknowns.map((text) => ({ text, look: 'unknown' as const })),
  ];
  if (lines.length === 0) return null;
  return (
    <Card id="changes" title={t(done ? 'changes' : 'planned')}>
      <ul className="space-y-1">
        {lines.map(({ text, look }, index) => (
          <Line key={index} head={text.head === true} look={look}>
            {say(done ? inThePast(text) : text)}
          </Line>
        ))}
      </ul>
    </Card>
  );
}

async function Line({ head, look, children }: { head: boolean; look: keyof typeof LOOKS; children: string }) {
  if (head) return <li className="pt-1 font-medium">{children}</li>;
  const t = await translations('activity');
  const { icon: Icon, ink } = LOOKS[look];
  const label =
    look === 'kept' ? { 'aria-hidden': true } : { 'aria-label': t(look === 'lost' ? 'not-kept' : 'unknown') };
  return (
    <li className="flex gap-2">
      <Icon {...label} className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <span className="min-w-0 break-words">{children}</span>
    </li>
  );
}

/** The sentence of an effect has a tense; others are said alike before and after. */
function inThePast(text: Text): Text {
  return text.values?.tense === 'future' ? { ...text, values: { ...text.values, tense: 'past' } } : text;
}

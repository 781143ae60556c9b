import { ArrowRight, Unplug } from 'lucide-react';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';

/** What an entry changed and what was not kept, in the sentences of the confirmed preview. */
export async function EntryChanges({ entry }: { entry: Entry }) {
  const [t, say] = await Promise.all([translations('activity'), requestSay()]);
  const { moves, losses } = entry.body.plan;
  if (moves.length + losses.length === 0) return null;
  return (
    <div className="mt-4">
      <Card id="changes" title={t('changes')}>
        <ul className="space-y-1">
          {[...moves.map((text) => ({ text, lost: false })), ...losses.map((text) => ({ text, lost: true }))].map(
            ({ text, lost }, index) => (
              <li key={index} className={text.head ? 'pt-1 font-medium' : 'flex gap-2'}>
                {text.head ? null : lost ? (
                  <Unplug aria-label={t('not-kept')} className="mt-0.5 size-4 shrink-0 text-removed" />
                ) : (
                  <ArrowRight aria-hidden className="mt-0.5 size-4 shrink-0 text-kept" />
                )}
                <span>{say(text)}</span>
              </li>
            ),
          )}
        </ul>
      </Card>
    </div>
  );
}

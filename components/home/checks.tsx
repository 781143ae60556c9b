import { Suspense } from 'react';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import { byUrgency, needsReading, type Check, type Known } from './check.ts';
import { Finding } from './finding.tsx';
import { QuietLine, WaitingLine } from './quiet-line.tsx';

/** So long everything waits for what can be put in order; what comes later is shown in its place. */
const PATIENCE_MS = 400;

/** What needs somebody, most urgent first, and under it what was looked at besides, as it comes. */
export async function Checks({ checks }: { checks: Check[] }) {
  const [t, known] = await Promise.all([translations('home'), soonKnown(checks)]);
  const first = known.filter(needsReading).toSorted(byUrgency);
  const rest = checks.filter(({ id }) => !first.some((one) => one.id === id));
  return (
    <div className="space-y-4">
      {first.map((one) => (
        <Finding key={one.id} {...one} />
      ))}
      {rest.length > 0 ? (
        <Card id="looked-at" title={t('looked-at')} flush>
          <ul className="divide-y">
            {rest.map((check) => (
              <li key={check.id}>
                <Suspense fallback={<WaitingLine id={check.id} />}>
                  <Late check={check} />
                </Suspense>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  );
}

async function Late({ check: { id, result } }: { check: Check }) {
  const known = { id, result: await result };
  if (!needsReading(known)) return <QuietLine {...known} />;
  return (
    <div className="p-3">
      <Finding {...known} />
    </div>
  );
}

async function soonKnown(checks: readonly Check[]): Promise<Known[]> {
  const known: Known[] = [];
  const all = checks.map(async ({ id, result }) => void known.push({ id, result: await result }));
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  await Promise.race([Promise.allSettled(all), patience]);
  clearTimeout(timer);
  return [...known];
}

/** As many lines as there will be, so that nothing moves when all is well. */
export async function ChecksToCome({ checks }: { checks: Check[] }) {
  const t = await translations('home');
  return (
    <Card title={t('looked-at')} flush>
      <ul className="divide-y">
        {checks.map(({ id }) => (
          <li key={id}>
            <WaitingLine id={id} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

import type { Metadata } from 'next';
import en from '#docs/tour.en.md';
import ptBR from '#docs/tour.pt-BR.md';
import { Tour } from '#components/palette/help/tour.tsx';
import type { Locale } from '#lib/i18n/locales.ts';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { requireSession } from '#lib/session/request/guard.ts';

const TOURS: Record<Locale, string> = { en, 'pt-BR': ptBR };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('palette'))('help.title') };
}

export default async function HelpPage() {
  await requireSession();
  const { locale } = await requestIntl();
  return <Tour text={TOURS[locale]} />;
}

import type { Metadata } from 'next';
import { NotBuilt } from '#components/shell/not-built.tsx';
import { translations } from '#lib/i18n/server.ts';
import { requireSession } from '#lib/session/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('shell'))('keys') };
}

export default async function KeysPage() {
  await requireSession();
  return <NotBuilt room="keys" />;
}

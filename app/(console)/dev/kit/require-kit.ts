import 'server-only';
import { notFound } from 'next/navigation';
import { env } from '#lib/env.ts';
import { requireSession, type Signed } from '#lib/session/request/guard.ts';

/** The session of a page of `/dev/kit`. Only development and tests have such pages: elsewhere they are not found. */
export async function requireKit(): Promise<Signed> {
  const signed = await requireSession();
  if (process.env.NODE_ENV === 'production' && !env().OMNI_KIT) notFound();
  return signed;
}

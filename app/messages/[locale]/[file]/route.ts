import { readMessageFile } from '#lib/i18n/message-files.ts';

const HEADERS = { 'content-type': 'application/json', 'content-security-policy': "default-src 'none'" };

/** The messages of a set in a language: nothing of a session's, and for ever what its name says. */
export async function GET(_: Request, { params }: RouteContext<'/messages/[locale]/[file]'>): Promise<Response> {
  const { locale, file } = await params;
  const found = readMessageFile(locale, file);
  if (!found) return new Response(null, { status: 404, headers: { ...HEADERS, 'cache-control': 'no-store' } });
  const kept = found.current ? 'public, max-age=31536000, immutable' : 'no-store';
  return new Response(found.json, { headers: { ...HEADERS, 'cache-control': kept } });
}

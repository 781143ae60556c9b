import { fromOurOrigin } from '#lib/actions/origin.ts';
import { LONGEST_REPORT, logBrowserError } from '#lib/telemetry/browser-errors.ts';

const STATUS = { logged: 204, dropped: 204, refused: 400 } as const;

/** Takes what a page of ours tells of an error in it, for the log. No session is asked for: the sign-in page may fail, too. */
export async function POST(request: Request): Promise<Response> {
  if (!(await fromOurOrigin())) return new Response(null, { status: 403 });
  if (Number(request.headers.get('content-length') ?? 0) > LONGEST_REPORT) return new Response(null, { status: 413 });
  return new Response(null, { status: STATUS[logBrowserError(await request.text(), Date.now())] });
}

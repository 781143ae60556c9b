import type { Instrumentation } from 'next';

/** Runs once before the first request. A wrong configuration ends the process with a message instead of answering every request with 500. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./instrumentation-node.ts');
  await start();
}

/** Logs which page failed, with the reference shown to the user, without address or input. */
export const onRequestError: Instrumentation.onRequestError = async (error, { method }, { routePath, routeType }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log, logName } = await import('#lib/log.ts');
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : 'none';
  const facts = {
    digest: logName(digest),
    page: logName(routePath),
    kind: logName(routeType),
    method: logName(method),
  };
  log('error', 'request.failed', facts);
};

import type { Instrumentation } from 'next';

/** Runs once before the first request. A wrong configuration ends the process with a sentence instead of answering 500 for ever. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./instrumentation-node.ts');
  await start();
}

/** Says which page failed, under the reference its reader sees; neither the address nor what was sent. */
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

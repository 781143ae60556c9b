/** Runs once before the first request. A wrong configuration ends the process with a sentence instead of answering 500 for ever. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./instrumentation-node.ts');
  await start();
}

import { Problem } from './problem.tsx';

/** All there is on a page that leads only to what the key may not do: which right is missing. */
export function Lacks({ scope }: { scope: string }) {
  return <Problem page error={{ kind: 'forbidden', scope, requestId: '' }} />;
}

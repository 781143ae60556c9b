/** Where the console's own scripts lie. */
const SCRIPTS = '/_next/static/';

type Policies = { createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => unknown };

/**
 * Lets scripts be loaded from the console's own files only, where the browser knows Trusted Types (`proxy.ts` asks for them): what
 * loads a chunk gives a plain address. Text that would become HTML or script has no rule, so it is refused.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = window as { trustedTypes?: Policies };
  trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      const { origin, pathname } = new URL(address, location.origin);
      if (origin === location.origin && pathname.startsWith(SCRIPTS)) return address;
      throw new TypeError('This script is not the console’s.');
    },
  });
}

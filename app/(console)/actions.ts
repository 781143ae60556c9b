'use server';

import { redirect } from 'next/navigation';
import { fromOurOrigin } from '#lib/actions/origin.ts';
import { signOut } from '#lib/session/sign-out.ts';

/** Ends the session in the store, then in the browser. Works for a session that is already gone. */
export async function signOutAction(): Promise<void> {
  if (await fromOurOrigin()) await signOut();
  redirect('/login?reason=signed_out');
}

'use client';

import { useMemo, useState } from 'react';
import { useChange, type Change } from '#components/operations/change/use-change.ts';
import { useKeepDraft } from '#components/shell/drafts/draft.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import type { EditorRoute, EditorTarget } from '#lib/routes/editor/editor.ts';
import { FIELDS, changesIn, type RouteFields } from '#lib/routes/editor/route-fields.ts';
import { NEW_ROUTE, readRoute, typedRoute, type ReadRoute, type TypedRoute } from '#lib/routes/editor/typed-route.ts';

type Options = {
  instanceId: string;
  /** The route to edit; none for a new one. */
  route?: EditorRoute | undefined;
  /** What a copy starts with. */
  copied?: RouteFields | undefined;
  copyOf?: string | undefined;
  target: EditorTarget | null;
  /** Nothing can be saved now, whatever is typed. */
  barred: boolean;
};

/** What is saved, as far as the editor knows; `since`: the route's `updatedAt` then. */
type Saved = { fields: RouteFields; since: string | undefined };

export type RouteChange = Change<TypedRoute> & {
  read: ReadRoute;
  saved: RouteFields;
  /** What was saved, as it would be typed. */
  typedSaved: TypedRoute;
  /** Unsaved values of an earlier visit were put back. */
  restored: boolean;
  discard: () => void;
  /** Goes on from what somebody else saved; `fields` are the values to have. */
  continueWith: (theirs: RouteFields, fields: RouteFields, since: string) => void;
};

/** The editor's values, previewed beside them as soon as they can be saved. They survive a reload of the page in this tab. */
export function useRouteChange({ instanceId, route, copied, copyOf, target, barred }: Options): RouteChange {
  const [saved, setSaved] = useState<Saved>({ fields: route?.fields ?? NEW_ROUTE, since: route?.updatedAt });
  const [restored, setRestored] = useState(false);
  const [start] = useState(() => typedRoute(route?.fields ?? copied ?? NEW_ROUTE));

  function inputOf(typed: TypedRoute): { [key: string]: Json } | undefined {
    const { changes, problems } = readRoute(saved.fields, typed);
    if (barred || Object.keys(problems).length > 0 || changes.length === 0) return undefined;
    const changed = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
    if (route) {
      const { since } = saved;
      return { instanceId, id: route.id, changes: changed, ...(since ? { since } : {}) };
    }
    if (!target || !changed.agentId) return undefined;
    const to: { [key: string]: Json } = target.scope === 'user' ? { personId: target.id } : { chatId: target.id };
    const own = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
    return { instanceId, body: { scope: target.scope, ...to, ...own } };
  }

  const change = useChange<TypedRoute>({
    name: route ? 'routes.edit' : 'routes.create',
    start,
    draft: draftName(route?.id ?? `new-${instanceId}-${copyOf ?? ''}`),
    restorable: (kept) => {
      setRestored(true);
      return kept;
    },
    input: inputOf,
  });
  const { form } = change;

  function put(fields: RouteFields) {
    const typed = typedRoute(fields);
    for (const field of FIELDS) form.setValue(field, typed[field]);
    setRestored(false);
  }

  return {
    ...change,
    read: readRoute(saved.fields, form.values),
    saved: saved.fields,
    typedSaved: useMemo(() => typedRoute(saved.fields), [saved.fields]),
    restored,
    discard: () => {
      form.reset(start);
      setRestored(false);
    },
    continueWith: (theirs, fields, since) => {
      setSaved({ fields: theirs, since });
      put(fields);
    },
  };
}

/** Gives the values of a route that can't be created to the editor of the existing one, in this tab. */
export function useCarryDraft(): (name: string, fields: RouteFields) => void {
  const keep = useKeepDraft();
  return (name, fields) => {
    // The existing route may be inactive: whether it is to be active goes with the values.
    const asked = new Set(changesIn({ ...NEW_ROUTE, isActive: null }, fields).map(({ field }) => field));
    const typed = Object.entries(typedRoute(fields)).filter(([field]) => asked.has(field as keyof RouteFields));
    keep(draftName(name), JSON.stringify(Object.fromEntries(typed)));
  };
}

const draftName = (name: string) => `route ${name}`;

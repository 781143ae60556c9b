/** Kinds of keys, in the order of a line's numbers. The key of `expired` died while its session goes on. */
export const KINDS = ['admin', 'operator', 'support', 'viewer', 'whatsapp', 'narrow', 'expired'] as const;

export type SweepKind = (typeof KINDS)[number];

/** Every address, and what it answers each kind of key. */
const TABLE = `
/                                                            200 200 200 200 200 200 200
/persons                                                     200 200 200 200 200 403 307
/persons?q=Silva                                             200 200 200 200 200 403 307
/persons/{person}                                            200 200 200 200 200 403 307
/persons/access-rules                                        200 403 200 200 200 403 307
/persons/duplicates                                          200 200 200 200 200 403 200
/persons/not-an-id                                           404 404 404 404 404 403 404
/persons/{unknown}                                           404 404 404 404 404 403 307
/persons/merge                                               200 200 200 403 200 403 200
/persons/merge?into={person}&from={other}                   200 200 200 403 200 403 307
/persons/merge-many?ids={person},{other},{third}             200 200 200 403 200 403 307
/persons/link?from={person}                                  200 200 200 403 200 403 307
/persons/unlink?person={person}&identity={identity}          307 307 307 403 307 403 307
/routes                                                      200 200 200 200 200 403 307
/routes/{instance}/{route}                                   200 200 200 200 200 403 307
/routes/{far}/{farRoute}                                     200 200 200 200 200 403 307
/routes/not-an-id/{route}                                    404 404 404 404 404 403 404
/routes/{instance}/{unknown}                                 404 404 404 404 404 403 307
/routes/new                                                  200 200 200 403 200 403 307
/routes/new?instance={instance}&person={person}              200 200 200 403 200 403 307
/routes/delete?route={route}                                 200 200 200 403 200 403 307
/routes/health                                               200 200 200 200 200 403 307
/routes/coverage                                             200 200 200 200 200 403 307
/routes/tests                                                200 200 200 200 200 403 307
/routes/test                                                 200 200 200 200 200 403 307
/routes/test?instance={instance}&person={person}             200 200 200 200 200 403 307
/keys                                                        200 200 403 403 200 403 307
/keys?show=all                                               200 200 403 403 200 403 307
/keys/new                                                    200 200 403 403 200 403 307
/keys/{key}                                                  200 200 403 403 200 403 307
/keys/not-an-id                                              404 404 403 403 404 403 404
/keys/{unknown}                                              404 404 403 403 404 403 307
/keys/{key}/audit                                            200 200 403 403 200 403 307
/keys/{key}/edit                                             200 200 403 403 200 403 307
/keys/{key}/leaked                                           200 200 403 403 200 403 307
/keys/{key}/revoke                                           200 200 403 403 200 403 307
/keys/{key}/delete                                           200 200 403 403 200 403 307
/keys/rotate                                                 200 200 403 403 200 403 307
/keys/rotate?key={key}                                       200 200 403 403 200 403 307
/keys/rotate/{unknown}                                       404 404 403 403 404 403 404
/account                                                     200 200 200 200 200 200 200
/help                                                        200 200 200 200 200 200 200
/activity                                                    200 200 200 200 200 200 307
/activity/undo                                               307 307 307 307 307 307 307
/activity/{unknown}                                          404 404 404 404 404 404 307
/activity/omni/{unknown}                                     404 403 403 403 404 403 307
/status                                                      200 200 200 200 200 200 200
/other-session                                               200 200 200 200 200 200 200
/dev/kit/forms                                               200 200 200 200 200 200 307
/dev/kit/lists                                               200 200 200 200 200 200 200
/no-such-page                                                404 404 404 404 404 404 404
/login                                                       307 307 307 307 307 307 307
/recover                                                     200 200 200 200 200 200 200
/persons/export                                              200 200 200 200 200 403 307
/persons/export?q=Silva                                      200 200 200 200 200 403 307
/persons/{person}/timeline                                   200 200 200 200 200 403 307
/persons/old-ids                                             200 200 200 200 200 200 307
/routes/export                                               200 200 200 200 200 403 307
/routes/health/export                                        200 200 200 200 200 403 307
/routes/tests/export                                         200 200 200 200 200 403 307
/keys/export                                                 200 200 403 403 200 403 307
/activity/export                                             200 200 200 200 200 200 307
/api/keys/exports/{unknown}                                  404 404 404 404 404 404 404
/api/keys/exports/{unknown}/file                             404 404 404 404 404 404 404
/api/keys/rotations/{unknown}                                404 404 403 403 404 403 404
/api/lookup/chats?instance={instance}                        200 200 200 200 200 200 200
/api/lookup/key-search?q=a                                   200 200 200 200 200 200 200
/api/lookup/key-weeks?ids={key}                              200 200 403 403 200 403 200
/api/lookup/persons?q=Silva                                  200 200 200 200 200 403 200
/api/lookup/directory                                        200 200 200 200 200 403 502
/api/lookup/duplicate?one={person}&other={other}             200 200 200 200 200 403 502
/api/lookup/phone?q=5511999990000                            200 200 200 200 200 200 200
/api/lookup/presence?ids={person}                            200 200 200 200 200 200 200
/api/lookup/route-health                                     200 200 200 200 200 403 502
/api/lookup/route-metrics                                    200 200 200 200 200 403 502
/api/lookup/route-names                                      200 200 200 200 200 200 200
/api/lookup/route-search?q=a                                 200 200 200 200 200 200 200
/api/lookup/route-targets                                    200 200 200 200 200 200 200
/api/lookup/routes                                           200 200 200 200 200 403 502
/api/lookup/tests-after?entry={unknown}                      200 200 200 200 200 403 200
/api/operations/{unknown}                                    404 404 404 404 404 404 404
/api/session                                                 200 200 200 200 200 200 200
/api/browser-errors                                          405 405 405 405 405 405 405
/messages/en/unknown                                         404 404 404 404 404 404 404
/metrics                                                     404 404 404 404 404 404 404
/api/health/live                                             200 200 200 200 200 200 200
/api/health/ready                                            200 200 200 200 200 200 200
`;

/** The lines of the table, with ids in the places of `{…}`. */
export function lines(ids: Readonly<Record<string, string>>): { path: string; status: Record<SweepKind, number> }[] {
  return TABLE.trim()
    .split('\n')
    .map((line) => {
      const [path = '', ...numbers] = line.trim().split(/\s+/);
      if (numbers.length !== KINDS.length) throw new Error(`a line of ${numbers.length} numbers: ${line}`);
      const status = Object.fromEntries(KINDS.map((kind, at) => [kind, Number(numbers[at])])) as Record<
        SweepKind,
        number
      >;
      return { path: path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? '1'), status };
    });
}

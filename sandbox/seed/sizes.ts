/** What a world of so many persons holds: 500 is a small shop with three instances, 50,000 the full measure. */
export type Sizes = {
  persons: number;
  instances: number;
  agents: number;
  chats: number;
  participants: number;
  routes: number;
  rules: number;
  keys: number;
  auditRows: number;
  events: number;
};

export function sizesFor(persons: number): Sizes {
  const small = persons < 5000;
  return {
    persons,
    instances: small ? 3 : 40,
    agents: small ? 5 : 24,
    chats: small ? 40 : Math.round(persons * 0.08),
    participants: Math.round(persons * 0.4),
    routes: small ? 12 : Math.round(persons * 0.04),
    rules: small ? 4 : Math.round(persons * 0.002),
    keys: small ? 13 : 150,
    auditRows: persons * 2,
    events: Math.round(persons * (small ? 0.8 : 0.2)),
  };
}

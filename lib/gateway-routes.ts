import type { Route, Routes } from '../functions/shared/http/contract.ts';

/** a route of the gateway: which function it leads to, and whether the gateway checks a token first */
export type GatewayRoute = { key: string; api: string; token: boolean };

type Served = { name: string; routes: Routes; stateless: boolean };

/** a function behind one kind of check; two of these never share a route of the gateway */
type Target = { api: string; token: boolean };

/** a target that gets what is below a place and has no route of its own */
type Around = Target & { literals: number };

type Place = {
  path: string;
  children: Map<string, Place>;
  methods: Map<string, { target: Target; methods: string[] }>;
};

const place = (path: string): Place => ({ path, children: new Map(), methods: new Map() });

const idOf = ({ api, token }: Target) => `${api} ${token}`;

const treeOf = (apis: Served[]) => {
  const root = place('');
  const add = (api: string, { key, auth }: Route) => {
    const [method = '', path = ''] = key.split(' ');
    let at = root;
    for (const segment of path.split('/').slice(1)) {
      const name = segment.startsWith('{') ? '{}' : segment;
      const next = at.children.get(name) ?? place(`${at.path}/${segment}`);
      at.children.set(name, next);
      at = next;
    }
    const target = { api, token: auth === 'token' };
    const known = at.methods.get(idOf(target)) ?? { target, methods: [] };
    known.methods.push(method, ...(method === 'GET' ? ['HEAD'] : []));
    at.methods.set(idOf(target), known);
  };
  for (const { name, routes } of apis) for (const route of Object.values(routes)) add(name, route);
  return root;
};

/** the routes of one path, unless its function gets what is around it anyway */
const own = ({ path, methods }: Place, around: Target | undefined) =>
  [...methods.values()].flatMap(({ target, methods: taken }) => {
    if (around && idOf(target) === idOf(around)) return [];
    // ANY takes the preflights of browsers too, which carry no token
    const open = target.token ? [{ key: `OPTIONS ${path}`, ...target, token: false }] : [];
    const whole = [{ key: `ANY ${path}`, ...target }, ...open];
    const few = methods.size > 1 || (!around && taken.length < whole.length);
    return few ? taken.map(method => ({ key: `${method} ${path}`, ...target })) : whole;
  });

const targetsBelow = ({ children }: Place): Target[] => {
  const found = new Map<string, Target>();
  for (const child of children.values()) {
    for (const [id, { target }] of child.methods) found.set(id, target);
    for (const target of targetsBelow(child)) found.set(idOf(target), target);
  }
  return [...found.values()];
};

const literalsOf = (path: string) => path.split('/').filter(segment => segment && !segment.startsWith('{')).length;

/**
 * The fewest routes for all below a place, when `around` gets what has no route of its own. Of two greedy routes the one with more
 * literal segments counts; nothing says which one does of two with equally many, so there are none.
 */
const fewest = () => {
  const known = new Map<string, GatewayRoute[]>();
  const below = (at: Place, around: Around | undefined, depth: number): GatewayRoute[] => {
    const key = `${at.path} ${around && `${idOf(around)} ${around.literals}`}`;
    const routes = known.get(key) ?? leastOf(at, around, depth);
    known.set(key, routes);
    return routes;
  };
  const leastOf = (at: Place, around: Around | undefined, depth: number) => {
    const literals = literalsOf(at.path);
    const withRest = (target: Target | undefined) => {
      const rest = target && { ...target, literals };
      return [
        ...(target ? [{ key: `ANY ${at.path}/{proxy+}`, ...target }] : []),
        ...[...at.children.values()].flatMap(child => [
          ...own(child, rest ?? around),
          ...below(child, rest ?? around, depth + 1),
        ]),
      ];
    };
    const mayHaveRest = depth > 0 && (!around || literals > around.literals);
    const options = [undefined, ...(mayHaveRest ? targetsBelow(at) : [])].map(withRest);
    return options.reduce((least, one) => (one.length < least.length ? one : least));
  };
  return below;
};

const deepest = (at: Place): number => Math.max(0, ...[...at.children.values()].map(child => 1 + deepest(child)));

/** preflights below prefixes: a full match comes before a greedy one */
const preflights = (depth: number, api: string) =>
  Array.from({ length: depth - 1 }, (_, nth) => {
    const segments = Array.from({ length: nth + 1 }, (_, at) => `{s${at + 1}}`);
    return { key: `OPTIONS /v1/${segments.join('/')}`, api, token: false };
  });

/**
 * The fewest routes of the gateway that lead every declared route to its own function. The function that needs no store gets
 * what belongs to none, and the preflights of browsers below prefixes.
 */
export const gatewayRoutes = (apis: Served[]): GatewayRoute[] => {
  const tree = treeOf(apis);
  const rest = apis.find(({ stateless }) => stateless)?.name ?? '';
  return [
    ...fewest()(tree, undefined, 0),
    ...preflights(deepest(tree), rest),
    { key: '$default', api: rest, token: false },
  ];
};

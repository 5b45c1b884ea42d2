export type Target = {
  routeKey: string;
  functionArn: string;
  names: string[];
  authorizer?: { issuer: string; audience: string[] };
  scopes: string[];
};

type Node = { fixed: Map<string, Node>; any?: Node; greedy?: Map<string, Target>; methods: Map<string, Target> };

/** `path` is decoded, as API Gateway hands it on */
export type Match = { target: Target; values: string[]; path: string };

type Found = Omit<Match, 'path'>;

const node = (): Node => ({ fixed: new Map(), methods: new Map() });

const forMethod = (methods: Map<string, Target> | undefined, method: string) =>
  methods?.get(method) ?? methods?.get('ANY');

/** Routes of an HTTP API; the most specific one that takes the method wins, as API Gateway chooses. */
export const routeTable = () => {
  const root = node();
  let otherwise: Target | undefined;

  const find = (at: Node, segments: string[], depth: number, method: string, values: string[]): Found | undefined => {
    const segment = segments[depth];
    if (segment === undefined) {
      const target = forMethod(at.methods, method);
      return target && { target, values };
    }
    const fixed = at.fixed.get(segment);
    const exact = fixed && find(fixed, segments, depth + 1, method, values);
    if (exact) return exact;
    const variable = at.any && segment !== '' && find(at.any, segments, depth + 1, method, [...values, segment]);
    if (variable) return variable;
    const rest = segments.slice(depth).join('/');
    const greedy = rest ? forMethod(at.greedy, method) : undefined;
    return greedy && { target: greedy, values: [...values, rest] };
  };

  return {
    /** `GET /things/{id}`, `ANY /{proxy+}` or `$default` */
    add(routeKey: string, target: Omit<Target, 'routeKey' | 'names'>) {
      const names = [...routeKey.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
      const whole = { ...target, routeKey, names };
      if (routeKey === '$default') {
        otherwise = whole;
        return;
      }
      const [method = '', path = ''] = routeKey.split(' ');
      let at = root;
      for (const segment of path.split('/').slice(1)) {
        if (segment.endsWith('+}')) {
          at.greedy ??= new Map();
          at.greedy.set(method, whole);
          return;
        }
        if (segment.startsWith('{')) {
          at.any ??= node();
          at = at.any;
        } else {
          const next = at.fixed.get(segment) ?? node();
          at.fixed.set(segment, next);
          at = next;
        }
      }
      at.methods.set(method, whole);
    },
    find(method: string, path: string): Match | undefined {
      const found = find(root, path.split('/').slice(1), 0, method, []);
      if (found) return { ...found, path };
      return otherwise && { target: otherwise, values: [], path };
    },
  };
};

export type RouteTable = ReturnType<typeof routeTable>;

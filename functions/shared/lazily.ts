/**
 * What `make` gives, made when it is first looked into. In the bundles every schema is (see lib/diet.ts): a function knows
 * hundreds and a request needs two.
 */
export const lazily = <T extends object>(make: () => T): T => {
  let made: T | undefined;
  const it = () => {
    made ??= make();
    return made;
  };
  return new Proxy({} as T, {
    get: (_, name) => Reflect.get(it(), name),
    set: (_, name, value) => Reflect.set(it(), name, value),
    has: (_, name) => name in it(),
    getPrototypeOf: () => Object.getPrototypeOf(it()),
    ownKeys: () => Reflect.ownKeys(it()),
    getOwnPropertyDescriptor: (_, name) => {
      const found = Object.getOwnPropertyDescriptor(it(), name);
      return found && { ...found, configurable: true }; // as a proxy must say of what its target lacks
    },
  });
};

// One thing of the world with some of its operations changed; the others stay its own.

/** Works for objects of classes as well, whose operations must be called on the object itself. */
export function around<T extends object>(target: T, changed: Partial<T>): T {
  return new Proxy(target, {
    get: (object, name) => {
      const own = Reflect.get(changed, name) as unknown;
      if (own !== undefined) return own;
      const value = Reflect.get(object, name) as unknown;
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
}

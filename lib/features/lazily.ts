type Makers<T> = { [K in keyof T]: () => T[K] };

/** Values that are made when they are first asked for, and once. */
export function lazily<T extends object>(makers: Makers<T>): T {
  const values = {} as T;
  const made = new Map<keyof T, unknown>();
  for (const name of Object.keys(makers) as (keyof T)[])
    Object.defineProperty(values, name, {
      enumerable: true,
      get: () => {
        if (!made.has(name)) made.set(name, makers[name]());
        return made.get(name);
      },
    });
  return values;
}

/** Makes a value when it is first needed, and keeps it. Most requests have no text, so most processes need no dictionary. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

'use client';

/**
 * The session's token in this page's memory, for browsers that keep no cookie in a frame. It is gone with the page and is
 * never stored; the page's requests to its own server carry it, and no others.
 */
let bearer: string | null = null;

/** From now on every request of this page to its own server says who asks: server actions and Next's own fetches too. */
export function holdBearer(token: string): void {
  if (bearer === null) {
    const send = window.fetch.bind(window);
    window.fetch = (input, init) => send(input, withBearer(input, init, bearer, window.location.origin));
  }
  bearer = token;
}

export const holdsBearer = (): boolean => bearer !== null;

/** A request's options with the token, where it goes to `origin` and names no other credential. */
export function withBearer(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  token: string | null,
  origin: string,
): RequestInit | undefined {
  const url = new URL(input instanceof Request ? input.url : input, origin);
  if (token === null || url.origin !== origin) return init;
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}

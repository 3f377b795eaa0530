/** The one-time token behind an address's #; whatever a CRM appends after it is left out. */
export const launchTokenIn = (hash: string): string | null =>
  /^#(?:.*&)?launch=(lau\.[\w-]+\.[\w-]+)/.exec(hash)?.[1] ?? null;

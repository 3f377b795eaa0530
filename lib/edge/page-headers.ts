/** Who frames our card, and how this process serves. */
export interface PageSetting {
  /** Origins of the connected CRM's pages, with `*` for a label, e.g. `https://*.hubspot.com`. */
  frameAncestors: readonly string[];
  /** Random and new for each answer: only scripts that carry it run. */
  nonce: string;
  /** Next's development server evaluates code and listens on a socket. */
  dev: boolean;
}

/** Whether this is one of the pages that a CRM shows inside a record; every other page may be framed by nobody. */
export const isFramed = (url: string): boolean => /^\/(?:card|launch|api\/canvas)(?:[/?#]|$)/.test(url);

/** The security headers of an answer. `url`: path and query as asked for. */
export function pageHeaders(
  url: string,
  { frameAncestors, nonce, dev }: PageSetting,
): Record<string, string> {
  const inFrame = isFramed(url);
  const policy = [
    "default-src 'self'",
    // Scripts that run by nonce may load their own chunks; `self` is for browsers that do not know strict-dynamic.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Charts and pop-overs set styles on elements, for which there is no nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-src 'none'",
    `frame-ancestors ${inFrame ? ["'self'", ...frameAncestors].join(' ') : "'none'"}`,
  ];
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    // It knows one origin at most, so where a CRM may frame us it must be absent.
    ...(inFrame ? {} : { 'x-frame-options': 'DENY' }),
  };
}

/** Where each CRM's record pages live: one CRM's pages may not frame the card of another. */
const crmPages = {
  hubspot: ['https://app.hubspot.com', 'https://*.hubspot.com'],
  salesforce: [
    'https://*.lightning.force.com',
    'https://*.my.salesforce.com',
    'https://*.vf.force.com',
    'https://*.visualforce.com',
  ],
  csv: [],
} as const;

/**
 * Who may frame the card of a connected CRM. `pages`: the CRM's own address where it is no vendor's, as the sandbox has;
 * `more`: origins that the installation adds, since vendors add hosts over time.
 */
export function frameAncestorsOf(
  crm: keyof typeof crmPages,
  { pages, more = [] }: { pages?: string; more?: readonly string[] } = {},
): string[] {
  const own = pages === undefined ? [] : [new URL(pages).origin];
  const theirs =
    (crm === 'salesforce' && pages !== undefined && hostsOfOrg(new URL(pages).host)) || crmPages[crm];
  return [...new Set([...own, ...theirs, ...more])];
}

/**
 * The hosts of one Salesforce organisation by its own domain: anybody may have an organisation, and another's pages must
 * not frame this one's card. Null for an organisation without a domain of its own.
 */
function hostsOfOrg(host: string): string[] | null {
  const domain = /^([a-z0-9-]+)((?:\.[a-z0-9-]+)?)\.my\.salesforce\.com$/.exec(host);
  if (!domain) return null;
  const [, name = '', kind = ''] = domain;
  return [
    `https://${host}`,
    `https://${name}${kind}.lightning.force.com`,
    `https://${name}--c${kind}.vf.force.com`,
  ];
}

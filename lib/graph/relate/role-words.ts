import type { BuyingRole } from '../graph-shapes.ts';

/** What CRMs and their users call the parts in a purchase; the first that fits counts. */
const STATED: readonly [BuyingRole, RegExp][] = [
  ['blocker', /block|gatekeeper|detractor|gegner/],
  ['budget_holder', /budget|economic|financ|payer|signatory|billing/],
  ['executive_sponsor', /sponsor/],
  ['champion', /champion|advocate|promoter|coach/],
  ['legal', /legal|complian|privacy|counsel/],
  ['technical_evaluator', /technical|evaluator|security|architect/],
  ['decision_maker', /decision|decider|entscheid|approver/],
  ['influencer', /influenc|recommend|advis/],
  ['end_user', /user|operator/],
];

/** The part that a CRM's value or label names; null: none that we know. */
export function roleNamed(text: string): BuyingRole | null {
  const words = text.toLowerCase().replaceAll(/[_-]+/g, ' ');
  return STATED.find(([, rule]) => rule.test(words))?.[0] ?? null;
}

/** What a job title lets one expect, and how much: titles say what people may decide, not what they do in this purchase. */
const BY_TITLE: readonly [BuyingRole, number, RegExp][] = [
  ['end_user', 0.25, /\b(assistant|intern|trainee|apprentice|student|secretary|werkstudent|praktikant)\b/],
  ['legal', 0.4, /\b(legal|counsel|lawyer|attorney|compliance|privacy|datenschutz\w*)\b/],
  [
    'budget_holder',
    0.5,
    /\b(cfo|chief financial|head of finance|finance director|director of finance|treasurer|kaufm[aä]nnische\w* leit\w+)\b/,
  ],
  [
    'decision_maker',
    0.5,
    /\b(ceo|owner|co-?founder|founder|(?<!vice )president|managing director|general manager|gesch[aä]ftsf[uü]hr\w*|inhaber(in)?|g[eé]rant)\b/,
  ],
  [
    'decision_maker',
    0.4,
    /\b(c[iot]o|ciso|cmo|chro|chief|[es]?vp|vice president|head|director|leiter(in)?|directeur|direttore)\b|leiter(in)?\b/,
  ],
  ['budget_holder', 0.3, /\b(procure\w*|purchas\w*|buyer|sourcing|eink[aä]uf\w*|controller|controlling)\b/],
  [
    'technical_evaluator',
    0.35,
    /\b(it|engineer\w*|architect|developer|software|systems?|security|technical|data|administrator)\b/,
  ],
  ['influencer', 0.3, /\b(manager|lead|supervisor|consultant|teamleit\w+|superintendent|coordinator)\b/],
  ['end_user', 0.25, /\b(technician|mechanic|dispatch\w*|operator|driver|clerk|foreman|planner)\b/],
];

/** Product owners own no company. */
const noOwner = /\b(product|process|data|content) owner\b/;

interface Expected {
  role: BuyingRole;
  strength: number;
}

/** A company has few different titles, and each is asked for again and again. */
const remembered = new Map<string, Expected | null>();
const MOST_REMEMBERED = 10_000;

/** The part that a job title lets one expect; null: none. */
export function roleByTitle(title: string): Expected | null {
  const there = remembered.get(title);
  if (there !== undefined) return there;
  const words = title
    .slice(0, 200)
    .toLowerCase()
    .replaceAll('.', '')
    .replaceAll(/[_/,;|]+/g, ' ')
    .replace(noOwner, 'lead');
  const found = BY_TITLE.find(([, , rule]) => rule.test(words));
  const expected = found ? { role: found[0], strength: found[1] } : null;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(title, expected);
  return expected;
}

const names: Record<BuyingRole, string> = {
  decision_maker: 'decision maker',
  budget_holder: 'budget holder',
  champion: 'champion',
  executive_sponsor: 'executive sponsor',
  technical_evaluator: 'technical evaluator',
  influencer: 'influencer',
  end_user: 'end user',
  legal: 'legal and compliance',
  blocker: 'blocker',
};
export const roleName = (role: BuyingRole): string => names[role];

/** Whoever holds one of these decides; the others have influence. */
export const decides = (role: BuyingRole): boolean =>
  role === 'decision_maker' || role === 'budget_holder' || role === 'executive_sponsor';

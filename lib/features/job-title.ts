export type Seniority = 'executive' | 'vice president' | 'director' | 'manager' | 'junior' | 'staff';

/** First match wins: "Assistant to the CEO" is no executive, "Vice President" no president. */
const SENIORITY: [Seniority, RegExp][] = [
  [
    'junior',
    /\b(trainee|intern|internship|student|junior|apprentice|graduate|assistant to|werkstudent|praktikant|azubi)\b/,
  ],
  ['vice president', /\b([aes]?vp|vice[ -]president)\b/],
  ['staff', /\b(product|process|data|content) owner\b/],
  [
    'executive',
    /\b(c[efiomtrhps]o|cmo|ciso|chief|president|founder|co-?founder|owner|partner|chair(man|woman|person)?|managing director|general manager|gesch[aä]ftsf[uü]hr\w*|vorstand|inhaber(in)?|g[eé]rant|director general|amministratore delegato)\b/,
  ],
  ['director', /\b(director(a|e)?|head|directeur|direttore|direktor|leiter(in)?)\b|leiter(in)?\b/],
  [
    'manager',
    /\b(manager|lead|supervisor|foreman|principal|coordinator|superintendent|teamlead|responsable)\b/,
  ],
  ['junior', /\b(assistant|clerk|secretary)\b/],
];

const FUNCTIONS: [string, RegExp][] = [
  [
    'general management',
    /\b(ceo|founder|co-?founder|(?<!(product|process|data|content) )owner|(?<!vice[ -])president|managing director|general manager|gesch[aä]ftsf[uü]hr\w*|inhaber(in)?)\b/,
  ],
  ['finance', /\b(cfo|financ\w*|account(ant|ing|s)|controller|controlling|treasur\w*|audit\w*)\b/],
  ['people', /\b(chro|hr|human resources|people|talent|recruit\w*|payroll|personal)\b/],
  ['it', /\b(cio|cto|ciso|it|information technology|software|developer|devops|data|security|systems?)\b/],
  ['purchasing', /\b(purchas\w*|procure\w*|buyer|sourcing|eink[aä]uf\w*)\b/],
  ['marketing', /\b(cmo|marketing|brand|content|communications?|growth)\b/],
  ['sales', /\b(sales|business development|account (executive|manager)|revenue|vertrieb\w*|commercial)\b/],
  ['legal', /\b(legal|counsel|compliance|lawyer|attorney|privacy)\b/],
  ['engineering', /\b(engineer\w*|technical|technician|r&d|research|maintenance|workshop|quality)\b/],
  [
    'operations',
    /\b(coo|operations?|logistics?|supply|fleet|transport\w*|warehouse|production|plant|depot|facilit\w*|dispatch\w*)\b/,
  ],
  ['administration', /\b(office|administrat\w*|secretary|clerk)\b/],
  ['customer service', /\b(customer|support|service|success)\b/],
  ['education', /\b(teacher|professor|lecturer|dean|school|university)\b/],
  ['health', /\b(nurse|doctor|physician|clinic\w*|medical|pharmac\w*)\b/],
];

const normal = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[.]/g, '')
    .replace(/[_/,;|]+/g, ' ');

/** How much the job title says about deciding; "staff" when it says nothing. */
export const seniorityOf = (title: string): Seniority =>
  SENIORITY.find(([, rule]) => rule.test(normal(title)))?.[0] ?? 'staff';

export const functionOf = (title: string): string =>
  FUNCTIONS.find(([, rule]) => rule.test(normal(title)))?.[0] ?? 'other';

/** Choices that several objects share, as value → label. */

export const LIFECYCLE_STAGES = {
  subscriber: 'Subscriber',
  lead: 'Lead',
  marketingqualifiedlead: 'Marketing qualified lead',
  salesqualifiedlead: 'Sales qualified lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  other: 'Other',
};

export const LEAD_STATUSES = {
  NEW: 'New',
  OPEN: 'Open',
  IN_PROGRESS: 'In progress',
  OPEN_DEAL: 'Open deal',
  UNQUALIFIED: 'Unqualified',
  ATTEMPTED_TO_CONTACT: 'Attempted to contact',
  CONNECTED: 'Connected',
  BAD_TIMING: 'Bad timing',
};

export const TRAFFIC_SOURCES = {
  ORGANIC_SEARCH: 'Organic search',
  PAID_SEARCH: 'Paid search',
  EMAIL_MARKETING: 'Email marketing',
  SOCIAL_MEDIA: 'Organic social',
  REFERRALS: 'Referrals',
  OTHER_CAMPAIGNS: 'Other campaigns',
  DIRECT_TRAFFIC: 'Direct traffic',
  OFFLINE: 'Offline sources',
  PAID_SOCIAL: 'Paid social',
  AI_REFERRALS: 'AI referrals',
};

export const LANGUAGES = {
  cs: 'Czech',
  da: 'Danish',
  de: 'German',
  'de-at': 'German - Austria',
  'de-ch': 'German - Switzerland',
  'de-de': 'German - Germany',
  en: 'English',
  'en-au': 'English - Australia',
  'en-ca': 'English - Canada',
  'en-gb': 'English - United Kingdom',
  'en-ie': 'English - Ireland',
  'en-in': 'English - India',
  'en-us': 'English - United States',
  es: 'Spanish',
  'es-es': 'Spanish - Spain',
  'es-mx': 'Spanish - Mexico',
  fi: 'Finnish',
  fr: 'French',
  'fr-ca': 'French - Canada',
  'fr-fr': 'French - France',
  hi: 'Hindi',
  it: 'Italian',
  ja: 'Japanese',
  ko: 'Korean',
  nl: 'Dutch',
  no: 'Norwegian',
  pl: 'Polish',
  pt: 'Portuguese',
  'pt-br': 'Portuguese - Brazil',
  sv: 'Swedish',
  tr: 'Turkish',
  'zh-cn': 'Chinese - China',
};

export const PRIORITIES = { low: 'Low', medium: 'Medium', high: 'High' };

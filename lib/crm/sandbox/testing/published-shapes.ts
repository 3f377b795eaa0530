import { z } from 'zod';

/**
 * Shapes of HubSpot's answers as its published OpenAPI files of 2026-09 state them, reduced to what tests hold
 * answers against: which members must be there, which may be, and their types. No others are allowed.
 */
const moment = z.iso.datetime();
const strings = z.record(z.string(), z.string());
const contexts = z.record(z.string(), z.array(z.string()));
const text = z.string();
const flag = z.boolean();
const whole = z.number().int();

const errorDetail = z.strictObject({
  message: text,
  code: text.optional(),
  in: text.optional(),
  subCategory: text.optional(),
  context: contexts.optional(),
});

/** The body of a refusal. HubSpot sends `status` too; a refusal by a rate limit adds two members of its own. */
export const error = z.strictObject({
  status: z.literal('error'),
  category: text,
  correlationId: z.uuid(),
  message: text,
  subCategory: text.optional(),
  context: contexts.optional(),
  links: strings.optional(),
  errors: z.array(errorDetail).optional(),
  errorType: text.optional(),
  policyName: text.optional(),
});

const standardError = z.strictObject({
  status: text,
  category: text,
  message: text,
  context: contexts,
  links: strings,
  errors: z.array(errorDetail),
  id: text.optional(),
  subCategory: z.unknown().optional(),
});

const nextPage = z.strictObject({ after: text, link: text.optional() });
const paging = z.strictObject({ next: nextPage.optional() }).optional();

const valueWithTimestamp = z.strictObject({
  value: text,
  timestamp: moment,
  sourceType: text,
  sourceId: text.optional(),
  sourceLabel: text.optional(),
  updatedByUserId: whole.optional(),
});

export const simpleObject = z.strictObject({
  id: text,
  // The file says string; HubSpot answers null for a property that was asked for and is empty.
  properties: z.record(z.string(), text.nullable()),
  propertiesWithHistory: z.record(z.string(), z.array(valueWithTimestamp)).optional(),
  createdAt: moment,
  updatedAt: moment,
  archived: flag,
  archivedAt: moment.optional(),
  objectWriteTraceId: text.optional(),
  url: text.optional(),
});

const associatedId = z.strictObject({ id: text, type: text });

export const objectWithAssociations = simpleObject.extend({
  associations: z.record(z.string(), z.strictObject({ results: z.array(associatedId), paging })).optional(),
});

export const upserted = simpleObject.extend({ new: flag });

export function page<T extends z.ZodType>(item: T) {
  return z.strictObject({ results: z.array(item), paging });
}

export function pageWithTotal<T extends z.ZodType>(item: T) {
  return z.strictObject({ total: whole, results: z.array(item), paging });
}

export function list<T extends z.ZodType>(item: T) {
  return z.strictObject({ results: z.array(item) });
}

export function batch<T extends z.ZodType>(item: T) {
  return z.strictObject({
    status: z.enum(['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING']),
    results: z.array(item),
    startedAt: moment,
    completedAt: moment,
    requestedAt: moment.optional(),
    links: strings.optional(),
    numErrors: whole.optional(),
    errors: z.array(standardError).optional(),
  });
}

export function action<T extends z.ZodType>(item: T) {
  return z.strictObject({ status: text, results: z.array(item), startedAt: moment, completedAt: moment });
}

const associationType = z.strictObject({ category: text, typeId: whole, label: text.nullable() });

export const associatedWithLabels = z.strictObject({
  from: z.strictObject({ id: text }),
  to: z.array(z.strictObject({ toObjectId: text, associationTypes: z.array(associationType) })),
  paging,
});

export const owner = z.strictObject({
  id: text,
  email: text.optional(),
  type: z.enum(['PERSON', 'QUEUE']),
  firstName: text.optional(),
  lastName: text.optional(),
  userId: whole.optional(),
  userIdIncludingInactive: whole.optional(),
  createdAt: moment,
  updatedAt: moment,
  archived: flag,
  teams: z.array(z.strictObject({ id: text, name: text, primary: flag })).optional(),
});

const stage = z.strictObject({
  id: text,
  label: text,
  displayOrder: whole,
  metadata: strings,
  createdAt: moment,
  updatedAt: moment,
  archived: flag,
  writePermissions: z.enum(['CRM_PERMISSIONS_ENFORCEMENT', 'INTERNAL_ONLY', 'READ_ONLY']).optional(),
});

export const pipeline = z.strictObject({
  id: text,
  label: text,
  displayOrder: whole,
  stages: z.array(stage),
  createdAt: moment,
  updatedAt: moment,
  archived: flag,
});

export const user = z.strictObject({
  id: text,
  email: text,
  roleIds: z.array(text),
  superAdmin: flag,
  firstName: text.optional(),
  lastName: text.optional(),
  primaryTeamId: text.optional(),
  secondaryTeamIds: z.array(text).optional(),
});

export const team = z.strictObject({
  id: text,
  name: text,
  userIds: z.array(text),
  secondaryUserIds: z.array(text),
});

export const exchangeRate = z.strictObject({
  id: text,
  fromCurrencyCode: text,
  toCurrencyCode: text,
  conversionRate: z.number(),
  effectiveAt: moment,
  createdAt: moment,
  updatedAt: moment,
  visibleInUI: flag,
});

export const campaign = z.strictObject({
  id: text,
  properties: strings,
  createdAt: moment,
  updatedAt: moment,
  businessUnits: z.array(z.unknown()),
});

export const sequence = z.strictObject({
  id: text,
  name: text,
  userId: text,
  createdAt: moment,
  updatedAt: moment,
  folderId: text.optional(),
});

export const enrolmentLite = z.strictObject({
  id: text,
  toEmail: text,
  enrolledAt: moment,
  updatedAt: moment,
});

export const enrolment = enrolmentLite.extend({
  enrolledBy: text,
  enrolledByEmail: text,
  sequenceId: text,
  sequenceName: text,
});

const state = z.enum(['NOT_SPECIFIED', 'SUBSCRIBED', 'UNSUBSCRIBED']);

export const subscription = z.strictObject({
  id: text,
  name: text,
  description: text,
  isActive: flag,
  isDefault: flag,
  isInternal: flag,
  createdAt: moment,
  updatedAt: moment,
  purpose: text.optional(),
  communicationMethod: text.optional(),
});

export const status = z.strictObject({
  channel: z.literal('EMAIL'),
  source: text,
  status: state,
  subscriberIdString: text,
  subscriptionId: whole,
  timestamp: moment,
  subscriptionName: text.optional(),
  legalBasis: text.optional(),
  legalBasisExplanation: text.optional(),
  setStatusSuccessReason: text.optional(),
});

export const wideStatus = z.strictObject({
  channel: z.literal('EMAIL'),
  status: state,
  subscriberIdString: text,
  timestamp: moment,
  wideStatusType: z.enum(['BUSINESS_UNIT_WIDE', 'PORTAL_WIDE']),
});

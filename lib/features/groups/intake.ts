import type { FeatureGroup } from '../types.ts';
import { addressKind } from '#lib/core/freemail.ts';
import { functionOf, seniorityOf, type Seniority } from '../job-title.ts';
import { evidenceOf } from '../see.ts';
import { oneLine } from '../words.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const SENIORITY_WORDS: Record<Seniority, string> = {
  executive: 'Job title suggests a decision maker',
  'vice president': 'Job title suggests a decision maker',
  director: 'Job title suggests a decision maker',
  manager: 'Job title suggests somebody who has a say',
  junior: 'Job title suggests a junior role',
  staff: 'Job title does not suggest a deciding role',
};

const readable = (code: string): string => oneLine(code.replaceAll('_', ' ').toLowerCase());

export const intake: FeatureGroup = {
  name: 'intake',
  about: ['person'],
  features: [
    {
      name: 'source',
      kind: 'categorical',
      unit: 'category',
      meaning: 'How the person first came to us',
      privacy: 'business',
      sources: ['fields.hs_analytics_source'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const source = seen.field('hs_analytics_source');
        if (!source?.value) return { value: null, text: 'It is not known how they found us', evidence: [] };
        return {
          value: oneLine(source.value),
          text: `Came through ${readable(source.value)}`,
          evidence: evidenceOf(source),
        };
      },
    },
    {
      name: 'first_form',
      kind: 'categorical',
      unit: 'category',
      meaning: 'The first form that the person filled in',
      privacy: 'business',
      sources: ['fields.first_conversion_event_name'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const form = seen.field('first_conversion_event_name');
        if (!form?.value) return { value: null, text: 'Has filled in no form', evidence: [] };
        const name = oneLine(form.value);
        return { value: name, text: `First form: ${name}`, evidence: evidenceOf(form) };
      },
    },
    {
      name: 'created_hour',
      kind: 'numeric',
      unit: 'hour of the day, UTC',
      meaning: 'Hour at which the record was created',
      privacy: 'none',
      sources: ['createdAt', 'fields.createdate'],
      uses: ['scoring'],
      derive: ({ createdAt, field }) => {
        if (createdAt === null) return { value: null, text: 'Time of creation is not known', evidence: [] };
        const hour = new Date(createdAt).getUTCHours();
        const text = `Created between ${hour}:00 and ${hour + 1}:00 UTC`;
        return { value: hour, text, evidence: evidenceOf(field('createdate')) };
      },
    },
    {
      name: 'created_weekday',
      kind: 'categorical',
      unit: 'category',
      meaning: 'Weekday on which the record was created, UTC',
      privacy: 'none',
      sources: ['createdAt', 'fields.createdate'],
      uses: ['scoring'],
      derive: ({ createdAt, field }) => {
        if (createdAt === null) return { value: null, text: 'Time of creation is not known', evidence: [] };
        const day = WEEKDAYS[new Date(createdAt).getUTCDay()] ?? null;
        return { value: day, text: `Created on a ${day}`, evidence: evidenceOf(field('createdate')) };
      },
    },
    {
      name: 'has_phone',
      kind: 'numeric',
      unit: '1 when known',
      meaning: 'A phone number is known',
      privacy: 'personal',
      sources: ['fields.phone', 'fields.mobilephone'],
      uses: ['scoring', 'drafting'],
      derive: ({ field }) => {
        const phone = field('phone') ?? field('mobilephone');
        const text = phone ? 'Phone number is known' : 'No phone number is known';
        return { value: phone ? 1 : 0, text, evidence: evidenceOf(phone) };
      },
    },
    {
      name: 'email_kind',
      kind: 'categorical',
      unit: 'category',
      meaning: "Whether the e-mail address is a company's or of a mail host that anybody can use",
      privacy: 'personal',
      sources: ['fields.email'],
      uses: ['scoring', 'routing'],
      derive: ({ field }) => {
        const email = field('email');
        const kind = email?.value ? addressKind(email.value) : null;
        const text =
          kind === 'business'
            ? 'Gave a company e-mail address'
            : kind === 'freemail'
              ? 'Gave a private e-mail address'
              : 'No valid e-mail address is known';
        return { value: kind, text, evidence: evidenceOf(email) };
      },
    },
    {
      name: 'seniority',
      kind: 'categorical',
      unit: 'category',
      meaning: 'What the job title suggests about deciding',
      privacy: 'personal',
      sources: ['fields.jobtitle'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: ({ field }) => {
        const title = field('jobtitle');
        if (!title?.value) return { value: null, text: 'No job title is known', evidence: [] };
        const seniority = seniorityOf(title.value);
        const text = `${SENIORITY_WORDS[seniority]} (${oneLine(title.value)})`;
        return { value: seniority, text, evidence: evidenceOf(title) };
      },
    },
    {
      name: 'job_function',
      kind: 'categorical',
      unit: 'category',
      meaning: 'The part of the company that the job title names',
      privacy: 'personal',
      sources: ['fields.jobtitle'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: ({ field }) => {
        const title = field('jobtitle');
        if (!title?.value) return { value: null, text: 'No job title is known', evidence: [] };
        const job = functionOf(title.value);
        const where =
          job === 'other' ? 'Job title names no usual department' : `Works in ${job === 'it' ? 'IT' : job}`;
        return { value: job, text: `${where} (${oneLine(title.value)})`, evidence: evidenceOf(title) };
      },
    },
  ],
};

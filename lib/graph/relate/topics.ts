import { nodeWithout } from './scene.ts';

/** What people talk about when they buy: a few plain words each, in the languages of our users; `*` ends a stem. */
const words: Readonly<Record<string, string>> = {
  Pricing:
    'price, prices, pricing, quote, quotes, quotation*, discount*, preis*, angebot*, rabatt*, tarif, tarifs, devis',
  Budget: 'budget, budgets, funding, capex, opex, cost center, cost centre',
  Security:
    'security, iso 27001, iso27001, soc 2, soc2, penetration test, encryption, single sign on, sso, sicherheit*',
  'Data protection': 'gdpr, dsgvo, data protection, datenschutz*, privacy, data processing agreement',
  Integration: 'integrat*, interface, interfaces, api, apis, connector, connectors, erp, sap, schnittstelle*',
  Migration: 'migrat*, data import, cutover, cut over, umstieg, datenübernahme',
  Renewal: 'renew, renewal, renewals, renewed, contract ends, notice period, vertragsverlängerung*, kündig*',
  Implementation: 'implementation*, rollout, roll out, onboarding, go live, einführung*',
  Training: 'training, trainings, workshop session, schulung*, formation',
  Support: 'support ticket, support tickets, service level, service levels, sla, outage, outages, downtime',
  Contract: 'contract, contracts, contractual, terms and conditions, legal review, redlines, vertrag*',
  Trial: 'trial, trials, pilot, pilots, proof of concept, poc, testphase*',
};

export const topicWords = Object.entries(words).flatMap(([name, list]) => {
  const node = nodeWithout('topic', 'topic', name);
  return list.split(', ').map(phrase => ({ words: phrase, node }));
});

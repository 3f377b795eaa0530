import type { Situation } from '#lib/crm/sandbox/demo/words/pain.ts';

/** Out-of-office text as that language's mail server sends it. `back` is a date in words. */
export function outOfOffice(
  language: string,
  s: Situation,
  back: string,
  email: string,
): { subject: string; text: string } {
  const [, domain = ''] = email.split('@');
  switch (language) {
    case 'de':
      return {
        subject: 'Automatische Antwort',
        text: `Guten Tag,\n\nich bin derzeit nicht im Büro und ab ${back} wieder erreichbar. Ihre E-Mail wird nicht weitergeleitet. In dringenden Fällen wenden Sie sich bitte an ${s.colleague}, fuhrpark@${domain}.\n\nMit freundlichen Grüßen\n${s.first}`,
      };
    case 'es':
      return {
        subject: 'Respuesta automática',
        text: `Hola:\n\nEstoy fuera de la oficina hasta el ${back}. Para asuntos urgentes sobre la flota, ${s.colleague} puede ayudarle en flota@${domain}.\n\nSaludos,\n${s.first}`,
      };
    case 'it':
      return {
        subject: 'Risposta automatica',
        text: `Buongiorno,\n\nsono fuori ufficio fino al ${back} con accesso limitato alla posta. Per urgenze: ${s.colleague}, officina@${domain}.\n\nCordiali saluti\n${s.first}`,
      };
    default:
      return {
        subject: 'Automatic reply',
        text: `Thank you for your message. I am out of the office and back on ${back}. For anything urgent about ${s.fleet} please contact ${s.colleague} at fleet@${domain}.\n\n${s.first}`,
      };
  }
}

/** Day and month as that language writes them: 14.05. or 14/05. */
export function shortDate(language: string, ms: number): string {
  const [, month, day] = new Date(ms).toISOString().slice(0, 10).split('-');
  return language === 'de' ? `${day}.${month}.` : `${day}/${month}`;
}

import { html } from 'hono/html';
import { layout, type Markup } from '#lib/crm/sandbox/pages/layout.ts';

/** Asks the person at the browser whether an app may act for them. */
export function consentPage(app: string, scope: string, hidden: Record<string, string>): Markup {
  const inputs = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return layout({
    title: 'Allow access?',
    section: undefined,
    body: html`<section class="sheet problem">
      <h1>Allow access?</h1>
      <p>${app} asks to act for you in this Salesforce sandbox. It asks for: ${scope}.</p>
      <form method="post" action="/services/oauth2/authorize">
        ${inputs}
        <button name="decision" value="allow">Allow</button>
        <button name="decision" value="deny">Deny</button>
      </form>
    </section>`,
  });
}

import { html } from 'hono/html';

/** Markup that `html` made: everything put into it is escaped. */
export type Markup = ReturnType<typeof html>;

export type Section = 'contacts' | 'companies' | 'deals' | 'tasks';

/** Where the head of a page leads: the first of them is the front page. */
export type Navigation = readonly (readonly [href: string, text: string])[];

const SECTIONS: Navigation = [
  ['/contacts', 'Contacts'],
  ['/companies', 'Companies'],
  ['/deals', 'Deals'],
  ['/tasks', 'Tasks'],
];

/** The frame around every page. */
export function layout({
  title,
  section,
  navigation = SECTIONS,
  body,
}: {
  title: string;
  section: Section | undefined;
  navigation?: Navigation;
  body: Markup;
}): Markup {
  const links = navigation.map(
    ([href, label]) =>
      html`<a href="${href}" ${`/${section ?? ''}` === href ? html`aria-current="page"` : ''}>${label}</a>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Sandbox CRM</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/page.css" />
        <script src="/assets/page.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
          <a class="brand" href="${navigation[0]?.[0] ?? '/'}"
            ><span class="mark" aria-hidden="true"></span>Sandbox CRM</a
          >
          <nav aria-label="Objects">${links}</nav>
        </header>
        <main id="main">${body}</main>
      </body>
    </html>`;
}

/** A page that says why something did not work. */
export function problemPage(title: string, text: string, back: string): Markup {
  return layout({
    title,
    section: undefined,
    body: html`<section class="sheet problem" role="alert">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a href="${back}">Go back</a></p>
    </section>`,
  });
}

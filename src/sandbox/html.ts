/** A piece of markup that is already safe; everything else is escaped when it enters a template. */
export class Html {
  constructor(readonly markup: string) {}
}

type HtmlValue = string | number | Html | readonly Html[] | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Template tag: values are escaped, except markup made by this same tag. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + render(values[index])).join(''));
}

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map((one) => one.markup).join('');
  return escapeHtml(String(value));
}

/** A whole page in the sandbox's frame, which always says that nothing here is real. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} - Ambiente di prova</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#contenuto">Vai al contenuto</a>
<header>
<div class="wrap bar">
<a class="brand" href="/">Ambiente di prova</a>
<nav aria-label="Principale"><ul><li><a href="/">Pagamenti</a></li><li><a href="/mail">Posta</a></li></ul></nav>
</div>
</header>
<p class="warning"><span class="wrap">È una simulazione: qui non si muove denaro e le mail non partono.
Non usarla in produzione.</span></p>
<main id="contenuto" class="wrap">
${body}
</main>
</body>
</html>
`.markup;
}

const euro = new Intl.NumberFormat('it-IT', { style: 'currency', currency: 'EUR' });
const dateTime = new Intl.DateTimeFormat('it-IT', {
  timeZone: 'Europe/Rome',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** Integer cents as people read them: `133,00 €`. */
export function formatCents(cents: number): string {
  return euro.format(cents / 100);
}

/** UTC instant in Italian local time: `24 novembre 2026 alle ore 11:00`. */
export function formatInstant(at: string): string {
  return dateTime.format(new Date(at)).replace(' alle ore ', ', ore ');
}

import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ParsedMail } from 'mailparser';
import { z } from 'zod';
import { formatInstant, type Html, html, page } from './html';
import { arrivalOf, attachmentName, type MailStore, type MailSummary } from './mail-store';
import { Problem, parseRequest } from './problem';

const PAGE_SIZE = 50;
/** A mail brings its own styles; they are shown in a frame without scripts, and so is nothing fetched from outside. */
const MAIL_CSP =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const DOWNLOAD_CSP = "default-src 'none'; sandbox";

const paramsSchema = z.object({ id: z.string().regex(/^\d{8}T\d{9}Z$/, 'is not the id of a mail') });
const attachmentParamsSchema = paramsSchema.extend({ n: z.coerce.number().int().min(1).max(10_000) });
const listQuerySchema = z.object({
  to: z.string().trim().toLowerCase().max(320).default(''),
  before: paramsSchema.shape.id.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});

/** Pages and JSON to look into the mails caught by the SMTP double. */
export function mailboxRoutes(app: FastifyInstance, store: MailStore): void {
  app.get('/mail.json', async (request) => {
    const { to, before, limit } = parseRequest(listQuerySchema, request.query);
    return (await select(store, to, before, limit)).slice(0, limit);
  });

  app.get('/mail', async (request, reply) => {
    const { to, before } = parseRequest(listQuerySchema, request.query);
    const found = await select(store, to, before, PAGE_SIZE + 1);
    return reply.type('text/html; charset=utf-8').send(page('Posta', listPage(found, to)));
  });

  app.get('/mail/:id', async (request, reply) => {
    const id = existing(store, request.params);
    reply.header('content-security-policy', MAIL_CSP).type('text/html; charset=utf-8');
    const mail = await store.parsed(id);
    return reply.send(page(mail.subject ?? 'Mail', mailPage(id, mail)));
  });

  app.get('/mail/:id/attachments/:n', async (request, reply) => {
    const id = existing(store, request.params);
    const { n } = parseRequest(attachmentParamsSchema, request.params);
    const attachment = (await store.parsed(id)).attachments[n - 1];
    if (attachment === undefined) throw new Problem(404, 'not-found', `the mail has no attachment ${n}`);
    reply.header('content-security-policy', DOWNLOAD_CSP);
    reply.header('content-disposition', asAttachment(attachmentName(attachment.filename, n - 1)));
    return reply.type(attachment.contentType).send(Readable.from([attachment.content]));
  });

  app.get('/mail/:id/raw', async (request, reply) => {
    const id = existing(store, request.params);
    reply.header('content-security-policy', DOWNLOAD_CSP);
    return reply.type('text/plain; charset=utf-8').send(store.raw(id));
  });
}

function existing(store: MailStore, params: unknown): string {
  const parsed = paramsSchema.safeParse(params);
  if (parsed.success && store.has(parsed.data.id)) return parsed.data.id;
  throw new Problem(404, 'not-found', 'Questa mail non c’è.');
}

async function select(store: MailStore, to: string, before: string | undefined, limit: number): Promise<MailSummary[]> {
  const found: MailSummary[] = [];
  for (const id of store.newest(before)) {
    if (found.length >= limit) break;
    const summary = await store.summary(id);
    if (to === '' || summary.to.includes(to)) found.push(summary);
  }
  return found;
}

function listPage(found: readonly MailSummary[], to: string): Html {
  const shown = found.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const older = new URLSearchParams({ ...(to === '' ? {} : { to }), before: last?.id ?? '' });
  const none = to === '' ? 'Non è ancora arrivata nessuna mail.' : `Nessuna mail per ${to}.`;
  return html`<h1>Posta in arrivo</h1>
<form class="search" method="get" action="/mail" role="search">
<div><label for="to">Destinatario</label><input id="to" name="to" type="email" value="${to}" autocomplete="off"></div>
<button>Cerca</button>
</form>
${shown.length === 0 ? html`<p>${none}</p>` : html`<ul class="list">${shown.map(listItem)}</ul>`}
${found.length > PAGE_SIZE ? html`<p class="note"><a href="/mail?${older.toString()}">Mail più vecchie</a></p>` : undefined}`;
}

function listItem(mail: MailSummary): Html {
  const count = mail.attachments.length;
  const files = count === 0 ? '' : ` - ${count === 1 ? '1 allegato' : `${count} allegati`}`;
  return html`<li><a class="title" href="/mail/${mail.id}">${mail.subject || '(senza oggetto)'}</a>
<time class="side" datetime="${mail.date}">${formatInstant(mail.date)}</time>
<span class="more">A ${mail.to.join(', ')}${files}</span></li>`;
}

function mailPage(id: string, mail: ParsedMail): Html {
  const rows: readonly (readonly [string, string])[] = [
    [
      'A',
      [mail.to ?? []]
        .flat()
        .map((one) => one.text)
        .join(', '),
    ],
    ['Da', mail.from?.text ?? ''],
    ['Arrivata', formatInstant(arrivalOf(id))],
    ['Message-ID', mail.messageId ?? ''],
  ];
  return html`<p><a href="/mail">Torna alla posta</a></p>
<h1>${mail.subject ?? '(senza oggetto)'}</h1>
<div class="card"><dl>${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></div>
${attachments(id, mail)}
${typeof mail.html === 'string' ? htmlFrame(mail.html) : undefined}
<h2>Testo</h2>
<pre>${mail.text ?? ''}</pre>
<p class="note"><a href="/mail/${id}/raw">Vedi la mail originale</a></p>`;
}

/** No scripts and no origin; links leave for a tab of their own, because the sites they lead to refuse to be framed. */
function htmlFrame(content: string): Html {
  const framed = `<!doctype html><base target="_blank">${content}`;
  return html`<h2>Come la vede chi la riceve</h2>
<iframe title="Contenuto della mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${framed}"></iframe>`;
}

function attachments(id: string, mail: ParsedMail): Html | undefined {
  if (mail.attachments.length === 0) return undefined;
  const items = mail.attachments.map(
    (
      one,
      index,
    ) => html`<li><a class="title" href="/mail/${id}/attachments/${index + 1}">${attachmentName(one.filename, index)}</a>
<span class="side">${formatBytes(one.size)}</span><span class="more">${one.contentType}</span></li>`,
  );
  return html`<h2>Allegati</h2><ul class="list">${items}</ul>`;
}

function formatBytes(bytes: number): string {
  const number = new Intl.NumberFormat('it-IT', { maximumFractionDigits: 1 });
  if (bytes < 1000) return `${bytes} byte`;
  return bytes < 1_000_000 ? `${number.format(bytes / 1000)} kB` : `${number.format(bytes / 1_000_000)} MB`;
}

/** RFC 6266: a plain name for old clients, the true one encoded. */
function asAttachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

import type { FastifyInstance } from 'fastify';
import { formatCents, formatInstant, type Html, html, page } from './html';
import type { Ledger } from './ledger';
import type { MailStore } from './mail-store';
import type { PositionView } from './records';
import { STYLE_SHEET } from './styles';

const SHOWN = 20;
const statusNames: Readonly<Record<PositionView['status'], string>> = {
  open: 'Da pagare',
  paid: 'Pagato',
  invalidated: 'Annullato',
  expired: 'Scaduto',
};

/** The index, the style sheet and the health of the sandbox. */
export function indexRoutes(app: FastifyInstance, deps: { ledger: Ledger; store: MailStore }): void {
  app.get('/', async (_request, reply) => {
    const body = indexPage(deps.ledger.latest(SHOWN), deps.store.newest(undefined).length);
    return reply.type('text/html; charset=utf-8').send(page('Pagamenti', body));
  });

  app.get('/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE_SHEET));

  app.get('/health', async () => ({ status: 'ok' }));
}

function indexPage(positions: readonly PositionView[], mails: number): Html {
  const list =
    positions.length === 0
      ? html`<p>Nessuno ha ancora chiesto un pagamento.</p>`
      : html`<ul class="list">${positions.map(item)}</ul>`;
  return html`<h1>Ambiente di prova di Iter</h1>
<p>Fa le veci dell’intermediario dei pagamenti e del server di posta. Quello che il servizio chiede a loro lo trovi qui.</p>
<div class="actions"><a class="button" href="/mail">${mails === 1 ? 'Apri la posta (1 mail)' : `Apri la posta (${mails} mail)`}</a></div>
<h2>Ultimi avvisi di pagamento</h2>
${list}`;
}

function item(position: PositionView): Html {
  return html`<li><a class="title" href="/pay/${encodeURIComponent(position.requestId)}">${position.reason}</a>
<span class="side"><strong>${formatCents(position.amountCents)}</strong> <span class="tag ${position.status}">${statusNames[position.status]}</span></span>
<span class="more">IUV ${position.iuv}, scade il ${formatInstant(position.expiresAt)}</span></li>`;
}

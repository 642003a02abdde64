import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Deliveries } from './deliveries';
import { formatCents, formatInstant, type Html, html, page } from './html';
import { STRICT_CSP } from './http';
import type { Ledger } from './ledger';
import { Problem, parseRequest } from './problem';
import { type PositionView, requestIdSchema } from './records';

const paramsSchema = z.object({ requestId: requestIdSchema });
const returnUrlSchema = z
  .string()
  .max(2000)
  .optional()
  .catch(undefined)
  .transform((value) => webAddress(value));
const querySchema = z.object({ returnUrl: returnUrlSchema });
const formSchema = z.object({ outcome: z.enum(['paid', 'refused']), returnUrl: returnUrlSchema });

/** Pages on which the payer "pays". No script is needed, and nothing here proves anything to whoever gets the browser back. */
export function payPageRoutes(app: FastifyInstance, deps: { ledger: Ledger; deliveries: Deliveries }): void {
  const { ledger, deliveries } = deps;

  app.get('/pay/:requestId', async (request, reply) => {
    const { requestId } = parseRequest(paramsSchema, request.params);
    const { returnUrl } = parseRequest(querySchema, request.query);
    const position = await ledger.find(requestId);
    if (position.status !== 'open') return show(reply, 200, closedPage(position, returnUrl));
    if (returnUrl !== undefined) reply.header('content-security-policy', cspFor(returnUrl));
    return show(reply, 200, formPage(position, returnUrl));
  });

  app.post('/pay/:requestId', async (request, reply) => {
    const { requestId } = parseRequest(paramsSchema, request.params);
    const { outcome, returnUrl } = parseRequest(formSchema, request.body);
    const position = await ledger.find(requestId);
    if (outcome === 'refused' && position.status === 'open') {
      if (returnUrl !== undefined) return reply.redirect(returnUrl.href, 303);
      return show(reply, 200, refusedPage(position));
    }
    if (outcome === 'refused') return show(reply, 409, closedPage(position, returnUrl));
    try {
      deliveries.send(await ledger.pay(requestId));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return show(reply, error.status, closedPage(await ledger.find(requestId), returnUrl));
    }
    if (returnUrl !== undefined) return reply.redirect(returnUrl.href, 303);
    return show(reply, 200, closedPage(await ledger.find(requestId), undefined));
  });
}

/** Only web addresses: `javascript:` and the like would run in the payer's browser. */
function webAddress(value: string | undefined): URL | undefined {
  if (value === undefined || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

/** Browsers also hold a form's redirect to `form-action`. Its grammar has no IPv6 hosts: those are allowed by scheme. */
function cspFor(returnUrl: URL): string {
  const target = returnUrl.hostname.startsWith('[') ? returnUrl.protocol : returnUrl.origin;
  return STRICT_CSP.replace("form-action 'self'", `form-action 'self' ${target}`);
}

function show(reply: FastifyReply, status: number, content: { title: string; body: Html }): FastifyReply {
  return reply.status(status).type('text/html; charset=utf-8').send(page(content.title, content.body));
}

function formPage(position: PositionView, returnUrl: URL | undefined): { title: string; body: Html } {
  const back =
    returnUrl === undefined ? undefined : html`<input type="hidden" name="returnUrl" value="${returnUrl.href}">`;
  const body = html`<div class="narrow card">
<h1>Paga con l’intermediario di prova</h1>
<p class="amount">${formatCents(position.amountCents)}</p>
${details(position)}
<form method="post" action="/pay/${encodeURIComponent(position.requestId)}">
${back}
<div class="actions">
<button name="outcome" value="paid">Paga adesso</button>
<button class="second" name="outcome" value="refused">Rifiuta il pagamento</button>
</div>
</form>
<p class="note">Nessuno ti addebita nulla: “Paga adesso” finge un pagamento riuscito, “Rifiuta il pagamento” finge che la
banca lo abbia respinto.</p>
</div>`;
  return { title: 'Paga', body };
}

function refusedPage(position: PositionView): { title: string; body: Html } {
  const body = html`<div class="narrow">
<div class="result bad" role="status"><h1>Pagamento rifiutato</h1><p>Non hai pagato. Puoi riprovare entro la scadenza.</p></div>
<div class="card"><p class="amount">${formatCents(position.amountCents)}</p>${details(position)}
<div class="actions"><a class="button" href="/pay/${encodeURIComponent(position.requestId)}">Riprova</a></div></div>
</div>`;
  return { title: 'Pagamento rifiutato', body };
}

/** A position that can't be paid (any more): why, in one sentence, and the way back. */
function closedPage(position: PositionView, returnUrl: URL | undefined): { title: string; body: Html } {
  const { tone, title, sentence } = outcomeOf(position);
  const back =
    returnUrl === undefined
      ? undefined
      : html`<div class="actions"><a class="button" href="${returnUrl.href}">Torna al servizio</a></div>`;
  const body = html`<div class="narrow">
<div class="result ${tone}" role="status"><h1>${title}</h1><p>${sentence}</p></div>
<div class="card"><p class="amount">${formatCents(position.amountCents)}</p>${details(position)}${back}</div>
</div>`;
  return { title, body };
}

function outcomeOf(position: PositionView): { tone: string; title: string; sentence: string } {
  if (position.receipt !== undefined) {
    const when = formatInstant(position.receipt.paidAt);
    return {
      tone: 'good',
      title: 'Pagamento riuscito',
      sentence: `Risulta pagato il ${when}. Non si paga una seconda volta.`,
    };
  }
  if (position.status === 'invalidated') {
    const sentence = 'L’ente ha annullato questo avviso: non puoi più pagarlo.';
    return { tone: 'bad', title: 'Avviso annullato', sentence };
  }
  const sentence = `L’avviso è scaduto il ${formatInstant(position.expiresAt)}: non puoi più pagarlo. Torna al servizio per sapere che cosa fare.`;
  return { tone: 'bad', title: 'Avviso scaduto', sentence };
}

function details(position: PositionView): Html {
  const receipt =
    position.receipt === undefined
      ? undefined
      : html`<div><dt>Ricevuta</dt><dd class="code">${position.receipt.receiptId}</dd></div>`;
  return html`<dl>
<div><dt>Causale</dt><dd>${position.reason}</dd></div>
<div><dt>IUV</dt><dd class="code">${position.iuv}</dd></div>
<div><dt>Numero avviso</dt><dd class="code">${position.noticeNumber.replace(/(\d{4})(?=\d)/g, '$1 ')}</dd></div>
<div><dt>Da pagare entro</dt><dd>${formatInstant(position.expiresAt)}</dd></div>
${receipt}</dl>`;
}

import { type Answer, described, once } from './http';
import { DemoFailure, insist, type Patience, Trouble } from './patience';

const PAID = 'Pagamento riuscito';

/**
 * Pays on the gateway's page as a browser does: opens it, reads its form and sends it. If the answer to the form is lost,
 * the page itself says whether the money was taken: nobody pays twice. Where the browser is sent afterwards is not
 * followed, because coming back proves nothing.
 */
export async function payOnPage(url: string, returnUrl: string, patience: Patience): Promise<void> {
  await insist('pay', patience, async () => {
    const shown = await once({ method: 'GET', url });
    const page = shown.bytes.toString('utf8');
    if (shown.status === 200 && page.includes(PAID)) return;
    const action = /<form method="post" action="([^"]+)">/.exec(page)?.[1];
    if (shown.status !== 200 || !action) throw failure('there is no form to pay on', shown, url);
    const sent = await once({
      method: 'POST',
      url: new URL(action, url).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: () => new URLSearchParams({ outcome: 'paid', returnUrl }).toString(),
    });
    if (sent.status === 303) return;
    if (sent.status === 409) throw new Trouble('the position was closed meanwhile');
    throw failure('the payment was not taken', sent, url);
  });
}

function failure(why: string, answer: Answer, url: string): DemoFailure {
  return new DemoFailure(`pay: ${why}: ${described(answer)}`, [`payment page: ${url}`]);
}

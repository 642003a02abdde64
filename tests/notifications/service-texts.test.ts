import { beginLife, type Life, type MailRoom, mailRoom } from '../support/mails';
import { arrived, command, digest, fact, inCharge, paragraphs, service, told } from './support';

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
afterAll(() => room.stop());

const NAME = 'Passo di prova';
type Texts = NonNullable<Parameters<typeof service>[0]>['texts'];

const begin = async (texts: Texts, language = 'it'): Promise<Life> =>
  beginLife(room, service({ name: NAME, ...(texts && { texts }) }), { language });

async function askIntegrations(life: Life, message: string) {
  await inCharge(room, life);
  const id = command(await life.act('requestIntegration', { message, fields: [], documents: [] }));
  await life.happens('integrationRequested', { round: 1, document: 2, command: id });
  await life.document(2, 'integrationRequest', 'Richiesta di integrazioni');
  return told(room, life, await life.happens('integrationRequestRegistered', { ...fact(2), round: 1 }));
}

test('a service’s own text takes the place of ours, with every placeholder filled in', async () => {
  const body =
    'Gentile {{applicant.name}}, {{tenant.name}} ha ricevuto «{{service.name}}».\n\n' +
    'Pratica {{practice.code}}, ufficio {{office.name}}, risposta entro il {{practice.answerBy}}. Oggi è il {{today}}.\n' +
    'Pagina: {{practice.link}}';
  const life = await begin({ submitted: { it: { subject: 'Arrivata: {{practice.code}}', body } } });
  const mail = await told(room, life, await arrived(room, life));
  const { code } = await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } });
  const link = `https://iter.example/api/v1/practices/${life.id}`;
  expect(mail.subject).toBe(`Arrivata: ${code}`);
  expect(paragraphs(mail)).toEqual([
    `Gentile Giulia Bianchi, Comune di Bugliano ha ricevuto «${NAME}».`,
    `Pratica ${code}, ufficio Mobilità e permessi, risposta entro il 24/12/2026. Oggi è il 24/11/2026.\nPagina: ${link}`,
    `Segui la pratica: ${link}`,
  ]);
  expect(mail.html).toContain('Oggi è il 24/11/2026.<br>Pagina: ');
  expect(mail.text).toContain('Questo indirizzo non viene letto');
  expect(mail.files).toEqual(['Ricevuta-di-presentazione.pdf', 'Domanda-Permesso-di-prova.pdf']);
});

test('a body alone keeps our subject and our greeting', async () => {
  const life = await begin({ submitted: { it: { body: 'Grazie, ti rispondiamo noi.' } } });
  const mail = await told(room, life, await arrived(room, life));
  expect(mail.subject).toMatch(new RegExp(`^Ricevuta di presentazione - ${NAME} - `));
  expect(paragraphs(mail).slice(0, 2)).toEqual(['Gentile Giulia Bianchi,', 'Grazie, ti rispondiamo noi.']);
});

test('other moments keep our texts', async () => {
  const life = await begin({ submitted: { it: { body: 'Nostro.' } } });
  await arrived(room, life);
  await life.happens('registrationStarted', { document: 1 });
  const mail = await told(room, life, await life.happens('requestRegistered', fact(1)));
  expect(mail.text).toContain('è stata protocollata con il numero 0000001/2026.');
});

test('the words of the officer are never lost, named or not, and said once', async () => {
  const forgets = await askIntegrations(
    await begin({ integrationRequested: { it: { body: 'Completa.' } } }),
    'La pianta.',
  );
  expect(paragraphs(forgets).slice(1, 3)).toEqual(['Completa.', 'La pianta.']);
  const body = 'Serve: {{personal.message}} Entro il {{integration.answerBy}}.';
  const names = await askIntegrations(await begin({ integrationRequested: { it: { body } } }), 'La pianta.');
  expect(paragraphs(names)[1]).toBe('Serve: La pianta. Entro il 24/12/2026.');
  expect(names.text.match(/La pianta\./g)).toHaveLength(1);
});

test('what people write is text: no markup, no placeholder, no second header', async () => {
  const hostile = '<script>alert(1)</script> {{applicant.name}} & "così"\nBcc: altri@posta.example';
  const mail = await askIntegrations(
    await begin({ integrationRequested: { it: { body: '{{personal.message}}' } } }),
    hostile,
  );
  expect(paragraphs(mail)[1]).toBe(hostile);
  expect(mail.html).not.toContain('<script');
  expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{applicant.name}} &amp; &quot;così&quot;');
  expect(mail.parsed.headers.has('bcc')).toBe(false);
});

test('before there is a code the number of the practice is its identifier', async () => {
  const stamps = { atRequest: { count: 1 } };
  const texts = { awaitingStamps: { it: { body: 'Richiesta {{practice.code}}: {{stamps.count}} bolli.' } } };
  const life = await beginLife(room, service({ name: NAME, stamps, texts }));
  await life.submission();
  const seq = await life.happens('stampsRequested', { stamps: 1, phase: 'request', submission: 1 });
  expect(paragraphs(await told(room, life, seq))[1]).toBe(`Richiesta ${life.id}: 1 bolli.`);
});

describe('languages', () => {
  const whole = async (language: string, texts?: Texts) => {
    const life = await begin(texts, language);
    return { life, mail: await told(room, life, await arrived(room, life)) };
  };

  test('German', async () => {
    const { life, mail } = await whole('de');
    const { code } = await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } });
    expect(mail.subject).toBe(`Eingangsbestätigung - ${NAME} - ${code}`);
    expect(paragraphs(mail)).toEqual([
      'Guten Tag Giulia Bianchi,',
      `Wir haben Ihren Antrag „${NAME}“ erhalten.`,
      `Die Nummer des Vorgangs ist ${code}.`,
      'Dies ist die Eingangsbestätigung, nicht das Ergebnis.',
      'Im Anhang finden Sie die Bestätigung und den Antrag, den Sie ausgefüllt haben.',
      'Wie es weitergeht: Der Antrag wird protokolliert und dann von einem Amt übernommen. Wir schreiben Ihnen bei jedem Schritt.',
      'Sie erhalten eine Antwort bis zum 24.12.2026.',
      `Vorgang verfolgen: https://iter.example/api/v1/practices/${life.id}`,
    ]);
    expect(mail.html).toContain('<html lang="de">');
    expect(mail.text).toContain('Diese Adresse wird nicht gelesen: Antworten Sie nicht auf diese Mail.');
  });

  test('English', async () => {
    const { life, mail } = await whole('en');
    const { code } = await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } });
    expect(mail.subject).toBe(`Receipt of your application - ${NAME} - ${code}`);
    expect(paragraphs(mail)).toEqual([
      'Dear Giulia Bianchi,',
      `We have received your application “${NAME}”.`,
      `The number of your case is ${code}.`,
      'This is the receipt of your application, not its outcome.',
      'The receipt and the application that you filled in are attached.',
      'What happens next: the application is registered and then taken in charge by an office. We will write to you at every step.',
      'You will get an answer by 24 December 2026.',
      `Follow your case: https://iter.example/api/v1/practices/${life.id}`,
    ]);
    expect(mail.html).toContain('<html lang="en">');
    expect(mail.text).toContain('This address is not read: do not answer this mail.');
  });

  test('a payment in English has an English amount and instant', async () => {
    const payment = { amountCents: 1600, windowMinutes: 4320, onExpiry: 'expired', reason: 'Diritti' } as const;
    const life = await beginLife(room, service({ name: NAME, payment }), { language: 'en' });
    await life.submission();
    const seq = await life.happens('paymentRequested', { submission: 1, payment: 1, amountCents: 1600 });
    const { text } = await told(room, life, seq);
    expect(text).toContain(`To submit the application “${NAME}” you have to pay €16.00.`);
    expect(text).toContain('You can pay until 27 November 2026, 11:00.');
  });

  test('a service’s text in the language of the practice comes before its Italian one, which comes before ours', async () => {
    const texts = { submitted: { it: { body: 'Nostro testo.' }, de: { body: 'Unser Text.' } } };
    expect(paragraphs((await whole('de', texts)).mail)[1]).toBe('Unser Text.');
    const english = (await whole('en', texts)).mail;
    expect(paragraphs(english).slice(0, 2)).toEqual(['Dear Giulia Bianchi,', 'Nostro testo.']);
  });

  test('an outcome in German and in English', async () => {
    for (const [language, subject] of [
      ['de', 'Antrag angenommen'],
      ['en', 'Application granted'],
    ] as const) {
      const life = await begin(undefined, language);
      await inCharge(room, life);
      const id = command(await life.act('approve', {}));
      await life.happens('decided', { outcome: 'approved', document: 2, command: id });
      await life.document(2, 'decision', 'Provvedimento');
      await life.happens('documentReady', { document: 2, sha256: digest });
      const mail = await told(room, life, await life.happens('outcomeRegistered', { ...fact(2), outcome: 'approved' }));
      expect(mail.subject).toMatch(new RegExp(`^${subject} - ${NAME} - `));
      expect(mail.files).toEqual(['Provvedimento.pdf']);
    }
  });
});

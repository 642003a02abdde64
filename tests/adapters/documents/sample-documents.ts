import { createHash } from 'node:crypto';
import type { DocumentBlock, DocumentModel } from '../../../src/activities/ports/document-renderer';

/** Digest of a text, as found in lists of attachments. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Numbered words, so that a lost one is seen: `w1 w2 w3`. */
export function words(count: number, prefix = 'w'): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`).join(' ');
}

/** A short document with the given blocks. */
export function documentWith(blocks: readonly DocumentBlock[], changes: Partial<DocumentModel> = {}): DocumentModel {
  return {
    title: 'Domanda di permesso di accesso alla ZTL',
    issuer: 'Comune di Bugliano',
    subhead: 'Settore Mobilità – Sportello telematico',
    language: 'it',
    createdAt: '2026-11-24T10:15:30.000Z',
    reference: 'Pratica ZTL-2026-000123',
    blocks,
    ...changes,
  };
}

/** A permit application as the product prints it, two pages. */
export function ztlApplication(): DocumentModel {
  return documentWith([
    {
      kind: 'paragraph',
      text: 'La sottoscritta, consapevole delle sanzioni penali previste dall’art. 76 del d.P.R. n. 445/2000, chiede il rilascio del permesso di accesso alla zona a traffico limitato «Centro storico» per il veicolo indicato di seguito.',
    },
    { kind: 'heading', text: 'Richiedente' },
    {
      kind: 'fields',
      rows: [
        { label: 'Cognome e nome', value: 'Rossi Maria Niccolò' },
        { label: 'Codice fiscale', value: 'RSSMRA85T50A562S' },
        { label: 'Nata a', value: 'Bugliano (PI), il 10/12/1985' },
        { label: 'Residenza', value: 'Via Garibaldi 12, interno 4, 56010 Bugliano (PI)' },
        {
          label: 'Posta elettronica certificata',
          value: 'maria.rossi.professionista.abilitata@pec.ordine-degli-architetti-della-provincia.example.it',
        },
      ],
    },
    { kind: 'heading', text: 'Veicolo e titolo' },
    {
      kind: 'fields',
      rows: [
        { label: 'Targa', value: 'GA 123 BC' },
        { label: 'Titolo per cui si chiede il permesso', value: 'Residente nella ZTL con posto auto privato' },
        { label: 'Indirizzo del posto auto', value: 'Vicolo del Pozzo 3, 56010 Bugliano (PI)' },
        { label: 'Periodo richiesto', value: 'dal 01/12/2026 al 30/11/2028' },
        {
          label: 'Note',
          value:
            'L’accesso avviene dal varco di Porta San Marco.\nIl veicolo è intestato al coniuge, che ha firmato la delega allegata; si chiede di associare anche la targa di cortesia in caso di guasto.',
        },
      ],
    },
    { kind: 'heading', text: 'Allegati' },
    {
      kind: 'list',
      items: [
        `Carta di circolazione (carta-circolazione.pdf, 412 kB), SHA-256 ${digest('a')}`,
        `Titolo di disponibilità del posto auto (contratto.pdf, 1,3 MB), SHA-256 ${digest('b')}`,
        `Delega dell’intestatario (delega.p7m, 98 kB), SHA-256 ${digest('c')}`,
      ],
    },
    { kind: 'heading', text: 'Dichiarazioni' },
    {
      kind: 'paragraph',
      text: 'Dichiara di aver letto l’informativa ai sensi dell’art. 13 del regolamento (UE) 2016/679. Imposta di bollo assolta in modo virtuale: € 16,00.',
    },
    {
      kind: 'note',
      title: 'Presentazione e autenticazione (artt. 20, 64 e 65 del d.lgs. 7 marzo 2005, n. 82)',
      lines: [
        'Identità digitale: SPID, livello di garanzia 2 – gestore «Esempio ID S.p.A.»',
        'Istante della presentazione: 24/11/2026, ore 11:15:30 (2026-11-24T10:15:30.000Z)',
        'Identificativo della sessione: 0193a7f2-5b1c-7e4d-9a3f-2b6c8d0e1f42',
        `Impronta dei dati trasmessi (SHA-256): ${digest('dati')}`,
      ],
    },
  ]);
}

/** Ten pages or more, with a row and a note that are longer than a page. */
export function longDocument(): DocumentModel {
  const blocks = Array.from({ length: 8 }, (_, index): DocumentBlock[] => [
    { kind: 'heading', text: `${index + 1}. Abschnitt mit Überschrift` },
    { kind: 'paragraph', text: words(260, `p${index}-`) },
    { kind: 'fields', rows: [{ label: 'Begründung', value: words(index === 3 ? 900 : 60, `f${index}-`) }] },
    { kind: 'list', items: [words(40, `l${index}-`), words(40, `m${index}-`)] },
    {
      kind: 'note',
      title: 'Hinweis',
      lines: Array.from({ length: index === 5 ? 80 : 3 }, (_line, line) => `n${index}-${line}`),
    },
  ]);
  return documentWith(blocks.flat(), { language: 'de', title: 'Bescheid', issuer: 'Gemeinde Buglian an der Etsch' });
}

/** Everything that people and machines may put into a field. */
export function nastyDocument(): DocumentModel {
  return documentWith(
    [
      { kind: 'heading', text: 'Иван Петров, Γιώργος Παπαδόπουλος, Łukasz Ğülşen' },
      {
        kind: 'paragraph',
        text: 'emoji 😀 🦄, CJK 漢字, arabic مرحبا بالعالم, hebrew שלום עולם, thai สวัสดี, ∑∞≠→⇒☐☑✓, affitto ufficio',
      },
      {
        kind: 'paragraph',
        text: 'e\u0301 q\u0307\u0323 Z\u0351\u036B\u0343 \u0301 \uE000\uF8FF \uFFFF \u{E0041} Nguyễn',
      },
      {
        kind: 'paragraph',
        text: '\u0000\u0001\u001B[31m\t\u00A0\u202F\u200B\u00AD\uFEFF\u2028\u2029\u0085\r\n\rµμΩΩÅÅﬁﬃĲŀªº½‰ \uD800 \uDC00 \u202Eabc',
      },
      {
        kind: 'fields',
        rows: [
          { label: 'L'.repeat(120), value: 'W'.repeat(400) },
          { label: '', value: '' },
          { label: 'vuoto', value: '' },
        ],
      },
      { kind: 'fields', rows: [] },
      { kind: 'list', items: [] },
      { kind: 'list', items: ['', '漢'] },
      { kind: 'note', title: '', lines: [] },
      { kind: 'note', title: '', lines: ['', digest('x')] },
      { kind: 'paragraph', text: '' },
      { kind: 'heading', text: 'Ultimo titolo' },
    ],
    {
      title: 'R&D <b>"x"</b> \u0007 \uD800 ]]> Ω',
      issuer: 'Comune di "S. Mària & Figli" <x>',
      reference: '\u202E123 '.repeat(90),
      language: 'en',
    },
  );
}

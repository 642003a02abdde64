import type { DocumentBlock } from '../../../activities/ports/document-renderer';
import { instant } from '../../../domain/ids';
import { euroText } from '../../../domain/money/cents';
import { romeText } from '../../../domain/terms/rome';
import { look } from '../../../forms/engine/visibility';
import { answersOf, displayValue, stepsOf } from '../../../forms/questions';
import { formOf } from '../../../forms/sections-form';
import { feeAtRequest } from '../../services/fees';
import { attachmentList, heading, list, paidLine, paragraph, practiceBlock, stampLine, type Text } from '../parts';
import type { FilerKind, Source } from '../source';

/** The application as it was filed: answers, files, stamps, payment, and who signed it how. */
export function request(s: Source): Text {
  return {
    title: `Domanda: ${s.definition.name}`,
    blocks: [
      practiceBlock(s, ...filedBy(s)),
      ...answers(s),
      heading('Allegati'),
      attachmentList(s.submission.attachments),
      ...dues(s),
      authentication(s),
    ],
  };
}

const FILERS: Readonly<Record<Exclude<FilerKind, 'citizen'>, string>> = {
  professional: 'professionista incaricato dal richiedente',
  delegate: 'delegato del richiedente',
  operator: 'operatore dell’amministrazione, per conto del richiedente',
};

/** Who filed it, when it was not the applicant. */
export function filedBy({ filer }: Source): readonly { readonly label: string; readonly value: string }[] {
  if (filer.kind === 'citizen') return [];
  return [{ label: 'Presentata da', value: `${filer.name}, ${FILERS[filer.kind]}` }];
}

/** Step by step what was asked and answered; what a condition hides was asked of nobody. */
function answers({ definition, submission }: Source): readonly DocumentBlock[] {
  const form = formOf(definition.form);
  const { visible } = look(form.components, submission.content);
  return stepsOf(form).flatMap(({ title, components }): DocumentBlock[] => {
    const asked = answersOf(components, submission.content).filter(({ path }) => visible.has(path));
    const rows = asked
      .filter(({ question }) => question.type !== 'file')
      .map(({ question, value, row }) => ({
        label: row === undefined ? question.label : `${row}: ${question.label}`,
        value: displayValue(question, value),
      }));
    return rows.length === 0 ? [] : [heading(title), { kind: 'fields', rows }];
  });
}

/** Stamps and payment of the application, or why nothing was due. */
export function dues(s: Source): readonly DocumentBlock[] {
  const stamps = s.stamps.filter(({ phase }) => phase === 'request');
  return [
    ...(stamps.length > 0
      ? [
          heading('Imposta di bollo'),
          list(stamps.map(stampLine)),
          paragraph('Le marche vanno annullate e conservate in originale per i controlli.'),
        ]
      : []),
    ...payment(s).map(paragraph),
  ];
}

function payment({ definition, payments, submission, askedCents }: Source): readonly string[] {
  const paid = payments.filter(({ phase }) => phase === 'request');
  if (paid.length > 0) return paid.map(paidLine);
  if (!definition.payment || askedCents !== 0) return [];
  const { exemption } = feeAtRequest(definition, submission.content);
  return [exemption ? `Pagamento: esente. Motivo: ${exemption}.` : `Pagamento: ${euroText(0)}, nulla è dovuto.`];
}

/**
 * How surely who filed it is known. An identified person's confirmation is an electronic signature (CAD artt. 20, 64, 65);
 * where nobody vouched for the person the document says so and claims no article.
 */
function authentication({ submission }: Source): DocumentBlock {
  const { authentication: proof, confirmedAt, sha256 } = submission;
  const verified = Number(proof['level'] ?? 1) > 0;
  const who = `${proof['name']}, codice fiscale ${proof['taxCode'] ?? 'non disponibile'}`;
  const confirmed = `Confermata il ${romeText(confirmedAt)}; impronta SHA-256 dei dati: ${sha256}`;
  if (!verified) {
    return {
      kind: 'note',
      title: 'Identità non verificata',
      lines: [
        `${who}: dati dichiarati da chi ha presentato la domanda senza accesso. Identità non verificata.`,
        confirmed,
      ],
    };
  }
  const instantText = proof['instant']
    ? romeText(instant(Date.parse(String(proof['instant']))))
    : romeText(confirmedAt);
  return {
    kind: 'note',
    title: 'Identificazione di chi ha presentato la domanda (artt. 20, 64 e 65 del CAD)',
    lines: [
      who,
      `Accesso: ${proof['provider']}, livello ${proof['level']}`,
      `Istante dell'accesso: ${instantText}`,
      `Sessione: ${proof['session']}`,
      confirmed,
    ],
  };
}

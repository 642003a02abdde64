import { DEMO_OFFICES } from '../../../application/demo-data';
import { drawings, inDays, roomPhoto, signedReport } from '../files';
import type { Story } from '../story';
import type { Tale } from '../tale';

const POLICE = DEMO_OFFICES.find(({ code }) => code === 'polizia-locale') ?? { name: '', email: '' };
const SUBJECT = 'Lavori in via Garibaldi 12';

/** Building works that a surveyor announces for her client, from the planning desk to the archive. */
export const cilaArchived: Tale = {
  title: 'CILA, filed by a technician for a client, accepted at the planning desk and archived',
  service: 'cila',
  codePrefix: 'CILA',
  applicant: 'anna.galli',
  officer: 'pietro.leoni',
  manual: [
    ['Bozza', 'draftCreated'],
    ['Inviata', 'submitted'],
    ['Acquisita', 'documentReady'],
    ['Da accettare', 'acceptanceAwaited'],
    ['Accettata allo sportello', 'accepted'],
    ['Domanda protocollata', 'requestRegistered'],
    ['Avvio del procedimento comunicato', 'startCommunicated'],
    ['Fase cambiata', 'phaseChanged'],
    ['Comunicazione', 'communicationSent'],
    ['Archiviata', 'archived'],
  ],
  end: {
    status: 'archived',
    documents: ['request', 'startNotice', 'communication', 'archiving'],
    notForApplicant: ['communication'],
    mails: ['submitted', 'accepted', 'startOfProcedure', 'phaseChanged', 'archived'],
    mailsToOthers: [{ to: POLICE.email, subject: SUBJECT }],
  },
  tell: async (story) => {
    await send(story);
    await story.expect('submitted', 'documentReady', 'acceptanceAwaited');
    await story.officerActs('accepts at the planning desk', 'accept');
    await story.expect('accepted', 'requestRegistered');
    await story.officerActs('communicates the start of the procedure', 'start-notice', {
      message: 'Il procedimento è avviato. Il responsabile è Pietro Leoni, Sportello edilizia.',
    });
    await story.expect('startCommunicated', 'documentReady', 'documentRegistered');
    await story.officerActs('goes on to the technical inquiry', 'phase', { phase: 'istruttoria' });
    await story.expect('phaseChanged');
    await story.officerActs('writes to the local police about the scaffold', 'communications', {
      to: 'office',
      recipient: { name: POLICE.name, email: POLICE.email },
      subject: SUBJECT,
      message: 'Si comunica l’inizio di lavori interni in via Garibaldi 12, per la vigilanza di competenza.',
    });
    await story.expect('communicationSent', 'documentReady', 'documentRegistered');
    await story.officerActs('archives: nothing is left to decide', 'archive', {
      message: 'Verifiche concluse senza rilievi: la comunicazione è archiviata.',
    });
    await story.expect('archived', 'documentReady', 'documentRegistered');
  },
};

async function send(story: Story): Promise<void> {
  const report = await story.upload(story.applicant, 'works.report', signedReport());
  const plans = await story.upload(story.applicant, 'works.drawings', drawings());
  const photo = await story.upload(story.applicant, 'works.photo', roomPhoto());
  await story.saveDraft({
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
    },
    technician: {
      name: 'Anna Galli',
      taxCode: 'GLLNNA79C52D612Y',
      order: 'surveyors',
      number: '1234',
      pec: 'anna.galli@pec.example',
    },
    site: { street: 'Via Garibaldi 12', zone: 'centro', sheet: '12', parcel: '88', unit: '4' },
    works: {
      description:
        'Demolizione di una parete non portante tra cucina e soggiorno, nuovi pavimenti, impianto elettrico.',
      from: inDays(10),
      company: 'Edil Bugliano Srl',
      report: [report],
      drawings: [plans],
      photo: [photo],
      privacy: true,
    },
  });
  await story.applicantActs(
    'fills in the form for her client, attaches signed report, drawings and photo, sends',
    'submit',
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant } from '../../domain/ids';
import { addDays, romeDate } from '../../domain/terms/rome';

const FILES = join(__dirname, '..', '..', '..', 'demo');

/** A file that the demo uploads. */
export interface DemoFile {
  readonly path: string;
  readonly content: Buffer;
}

/** Registration certificate of the vehicle FN 581 TR, owned by Giulia Bianchi. */
export const certificate = (): DemoFile => demoFile('carta-di-circolazione.pdf');
/** Picture of the same vehicle, with its plate. */
export const photo = (): DemoFile => demoFile('foto-veicolo.jpg');

function demoFile(name: string): DemoFile {
  const path = join(FILES, name);
  return { path, content: readFileSync(path) };
}

/** Giulia lives in the zone and has mistyped her plate: the office will ask for it again. */
export function residentApplication(certificateId: string): object {
  return {
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
      phone: '+39 055 0123456',
    },
    residence: { street: 'Via dei Tintori 12', city: 'Bugliano' },
    vehicle: { plate: 'FN 581 TK', model: 'Fiat Panda', registrationCertificate: [certificateId] },
    permit: {
      reason: 'resident',
      from: inDays(7),
      notes: 'Il garage condominiale si trova in via dei Tintori 14.',
      privacy: true,
    },
  };
}

export const ASKED = {
  message:
    'La targa indicata nella domanda (FN581TK) non corrisponde a quella della carta di circolazione. ' +
    'Indica di nuovo la targa e allega una foto del veicolo in cui si legga.',
  fields: ['vehicle.plate'],
  documents: [{ key: 'photo', label: 'Foto del veicolo con la targa leggibile' }],
} as const;

export const APPROVED_BECAUSE =
  'Verificati la residenza nella zona a traffico limitato e i dati del veicolo FN581TR: il permesso vale un anno dalla data richiesta.';

/** Paolo lives elsewhere and attaches somebody else's certificate: the office will reject. */
export function workerApplication(certificateId: string): object {
  return {
    applicant: {
      givenName: 'Paolo',
      familyName: 'Esposito',
      taxCode: 'SPSPLA78H22F839Z',
      email: 'paolo.esposito@posta.example',
    },
    residence: { street: 'Viale Europa 40', city: 'Bugliano' },
    vehicle: { plate: 'GH 456 KL', model: 'Ford Transit', registrationCertificate: [certificateId] },
    permit: { reason: 'work', from: inDays(3), privacy: true },
  };
}

export const REJECTED_BECAUSE =
  'La carta di circolazione allegata riguarda il veicolo FN581TR, intestato a un’altra persona, e non il veicolo GH456KL ' +
  'indicato nella domanda; inoltre non risulta alcuna sede di lavoro nella zona a traffico limitato. ' +
  'Contro questo provvedimento puoi ricorrere al TAR entro 60 giorni.';

function inDays(days: number): string {
  return addDays(romeDate(instant(Date.now())), days);
}

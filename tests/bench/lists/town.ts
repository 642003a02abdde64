import { seedId } from '../../../src/application/seed';
import { accessoAtti } from '../../../src/application/services/accesso-atti';
import { cila } from '../../../src/application/services/cila';
import type { ServiceDefinition } from '../../../src/application/services/definition';
import { dirittiSegreteria } from '../../../src/application/services/diritti-segreteria';
import { occupazioneSuolo } from '../../../src/application/services/occupazione-suolo';
import { passoCarrabile } from '../../../src/application/services/passo-carrabile';
import { permessoZtl } from '../../../src/application/services/permesso-ztl';
import { segnalazione } from '../../../src/application/services/segnalazione';

export const OFFICES = [
  'anagrafe',
  'mobilita',
  'urp',
  'tributi',
  'scuola',
  'edilizia',
  'sociale',
  'polizia-locale',
  'ambiente',
  'commercio',
  'cultura-sport',
  'patrimonio',
] as const;

const OPERATORS_OF_OFFICE = 6;
const PROFESSIONALS = 50;

type Office = (typeof OFFICES)[number];
type Kind = readonly [code: string, name: string, prefix: string, base: ServiceDefinition, ...offices: Office[]];

/** What a town of this size offers, the most asked for first; each goes as one of the demo's services does. */
const KINDS: readonly Kind[] = [
  ['segnalazione-guasto', 'Segnalazione di un guasto', 'SGN', segnalazione, 'urp', 'polizia-locale'],
  ['permesso-ztl-residenti', 'Permesso ZTL per residenti', 'ZTLR', permessoZtl, 'mobilita'],
  ['mensa-scolastica', 'Iscrizione alla mensa scolastica', 'MENSA', accessoAtti, 'scuola'],
  ['certificato-storico', 'Certificato anagrafico storico', 'CERT', dirittiSegreteria, 'anagrafe'],
  ['accesso-agli-atti', 'Accesso agli atti', 'ATTI', accessoAtti, 'urp'],
  ['tari-dichiarazione', 'Dichiarazione TARI', 'TARI', accessoAtti, 'tributi'],
  ['cila-edilizia', 'Comunicazione di inizio lavori', 'CILA', cila, 'edilizia'],
  ['trasporto-scolastico', 'Trasporto scolastico', 'BUS', accessoAtti, 'scuola'],
  ['occupazione-suolo-temporanea', 'Occupazione temporanea di suolo', 'OSP', occupazioneSuolo, 'tributi', 'mobilita'],
  ['permesso-ztl-lavoro', 'Permesso ZTL per lavoro', 'ZTLL', permessoZtl, 'mobilita'],
  ['contributo-affitto', 'Contributo per l’affitto', 'AFF', accessoAtti, 'sociale'],
  ['segnalazione-rifiuti', 'Rifiuti abbandonati', 'RIF', segnalazione, 'ambiente'],
  ['asilo-nido', 'Iscrizione al nido', 'NIDO', accessoAtti, 'scuola'],
  ['passo-carrabile-nuovo', 'Passo carrabile', 'PC', passoCarrabile, 'mobilita', 'tributi'],
  ['contrassegno-disabili', 'Contrassegno per persone con disabilità', 'CUDE', accessoAtti, 'polizia-locale'],
  ['diritti-edilizia', 'Diritti di segreteria per l’edilizia', 'DIR', dirittiSegreteria, 'edilizia'],
  ['assistenza-domiciliare', 'Assistenza domiciliare', 'SAD', accessoAtti, 'sociale'],
  ['dehors', 'Dehors di locali', 'DEH', occupazioneSuolo, 'commercio', 'patrimonio'],
  ['rimborso-tributi', 'Rimborso di tributi', 'RIMB', accessoAtti, 'tributi'],
  ['pubblicita-insegne', 'Insegne e pubblicità', 'INS', occupazioneSuolo, 'commercio'],
  ['scia-edilizia', 'Segnalazione certificata edilizia', 'SCIA', cila, 'edilizia'],
  ['bonus-bebe', 'Assegno di maternità', 'MAT', accessoAtti, 'sociale'],
  ['abbattimento-alberi', 'Abbattimento di alberi privati', 'ALB', accessoAtti, 'ambiente'],
  ['sala-civica', 'Uso di una sala civica', 'SALA', occupazioneSuolo, 'cultura-sport', 'patrimonio'],
  ['palestra', 'Uso di una palestra', 'PAL', occupazioneSuolo, 'cultura-sport'],
  ['ricorso-multa', 'Rateizzazione di una sanzione', 'RATE', accessoAtti, 'polizia-locale'],
  ['patrocinio', 'Patrocinio del Comune', 'PATR', accessoAtti, 'cultura-sport'],
  ['carta-identita', 'Diritti per la carta d’identità', 'CIE', dirittiSegreteria, 'anagrafe'],
  ['cambio-residenza', 'Cambio di residenza', 'RES', accessoAtti, 'anagrafe'],
  ['lampione-spento', 'Lampione spento', 'LAMP', segnalazione, 'urp'],
  ['agibilita', 'Segnalazione di agibilità', 'AGI', cila, 'edilizia'],
  ['mercato-posteggio', 'Posteggio al mercato', 'MERC', occupazioneSuolo, 'commercio'],
  ['orti-urbani', 'Orti urbani', 'ORTI', accessoAtti, 'ambiente', 'patrimonio'],
  ['contributo-associazioni', 'Contributi ad associazioni', 'ASS', accessoAtti, 'cultura-sport'],
  ['scavi-strada', 'Scavi in strada', 'SCAVI', passoCarrabile, 'mobilita', 'patrimonio'],
  ['gara-sportiva', 'Gara sportiva su strada', 'GARA', occupazioneSuolo, 'polizia-locale', 'cultura-sport'],
  ['concessione-loculo', 'Concessione di un loculo', 'LOC', passoCarrabile, 'patrimonio'],
  ['unione-civile', 'Matrimoni e unioni civili', 'UNI', accessoAtti, 'anagrafe'],
  ['servitu', 'Servitù su beni comunali', 'SERV', passoCarrabile, 'patrimonio'],
  ['rumore-deroga', 'Deroga ai limiti di rumore', 'RUM', accessoAtti, 'ambiente'],
];

/** Every fourth service was once published in another version. */
const REPUBLISHED_EACH = 4;

/** Versions of the services, the most asked for service first. */
export const SERVICES: readonly ServiceDefinition[] = KINDS.flatMap(([code, name, codePrefix, base, ...offices], n) =>
  Array.from({ length: n % REPUBLISHED_EACH === 0 ? 2 : 1 }, (_, version) => ({
    ...base,
    code,
    name,
    codePrefix,
    offices: [...offices],
    version: version + 1,
  })),
);

export interface Official {
  readonly username: string;
  readonly role: 'operator' | 'manager' | 'administrator' | 'auditor' | 'professional';
  readonly offices: readonly Office[];
}

/** Who works in the town: operators of one office, managers of one to four, who oversees, and who files for others. */
export const OFFICIALS: readonly Official[] = [
  ...OFFICES.flatMap((office, n): Official[] => [
    ...Array.from({ length: OPERATORS_OF_OFFICE }, (_, k) => ({
      username: `${office}.${k + 1}`,
      role: 'operator' as const,
      offices: [office],
    })),
    { username: `capo.${office}`, role: 'manager', offices: [office, ...OFFICES.slice(n + 1, n + 1 + (n % 4))] },
  ]),
  { username: 'amministratore', role: 'administrator', offices: [] },
  { username: 'revisore', role: 'auditor', offices: [] },
  ...Array.from({ length: PROFESSIONALS }, (_, k): Official => {
    return { username: `studio.${k + 1}`, role: 'professional', offices: [] };
  }),
];

/** Ids of a town's rows follow from its code, as those of the demo do. */
export function idsOf(tenant: string) {
  return {
    tenantId: seedId(tenant, 'tenant', tenant),
    office: (code: string) => seedId(tenant, 'office', code),
    account: (username: string) => seedId(tenant, 'account', username),
  };
}

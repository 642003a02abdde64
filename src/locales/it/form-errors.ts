/** What is wrong with an answer, and what to do. `label` is the question. */
export const formErrors = {
  required: ({ label }: Label) => `Compila "${label}".`,
  requiredChoice: ({ label }: Label) => `Scegli una risposta per "${label}".`,
  requiredFile: ({ label }: Label) => `Allega il file per "${label}".`,
  requiredRows: ({ label }: Label) => `Aggiungi almeno un elemento a "${label}".`,
  mustAccept: ({ label }: Label) => `Per continuare devi accettare: ${label}.`,
  text: ({ label }: Label) => `"${label}" deve essere un testo.`,
  tooLong: ({ label, max, length }: Label & { max: number; length: number }) =>
    `"${label}" può avere al massimo ${max} caratteri: ora sono ${length}.`,
  tooShort: ({ label, limit }: Label & { limit: string }) => `"${label}" deve avere almeno ${limit} caratteri.`,
  tooSmall: ({ label, limit }: Label & { limit: string }) => `"${label}" non può essere meno di ${limit}.`,
  tooLarge: ({ label, limit }: Label & { limit: string }) => `"${label}" non può essere più di ${limit}.`,
  tooFew: ({ label, limit }: Label & { limit: string }) => `Per "${label}" scegli almeno ${limit} risposte.`,
  tooMany: ({ label, limit }: Label & { limit: string }) => `Per "${label}" scegli al massimo ${limit} risposte.`,
  tooManyFiles: ({ label, max }: Label & { max: number }) => `Per "${label}" puoi allegare al massimo ${max} file.`,
  tooManyRows: ({ label, max }: Label & { max: number }) => `"${label}" può avere al massimo ${max} elementi.`,
  tooFewRows: ({ label, limit }: Label & { limit: string }) => `"${label}" deve avere almeno ${limit} elementi.`,
  number: ({ label }: Label) => `"${label}" deve essere un numero, scritto con le cifre.`,
  decimals: ({ label, max }: Label & { max: number }) =>
    max === 0 ? `"${label}" va scritto senza decimali.` : `"${label}" può avere al massimo ${max} decimali.`,
  boolean: ({ label }: Label) => `"${label}" può essere solo sì o no.`,
  option: ({ label }: Label) => `Per "${label}" scegli una delle risposte proposte.`,
  pattern: ({ label }: Label) => `"${label}" non è scritto nel modo richiesto.`,
  logic: ({ label }: Label) => `"${label}" non va bene insieme alle altre risposte.`,
  date: ({ label }: Label) => `"${label}" deve essere una data che esiste, per esempio 27 3 2026.`,
  time: ({ label }: Label) => `"${label}" deve essere un'ora, per esempio 09:30.`,
  email: () => "L'indirizzo e-mail non è corretto: scrivilo come nome@esempio.it.",
  phone: () => 'Il numero di telefono può avere solo cifre, spazi e il + iniziale (da 6 a 20 cifre).',
  url: () => "L'indirizzo della pagina non è corretto: scrivilo come https://www.esempio.it.",
  file: ({ label }: Label) => `I file di "${label}" non sono stati caricati: caricali di nuovo.`,
  rows: ({ label }: Label) => `"${label}" deve essere un elenco.`,
  group: ({ label }: Label) => `"${label}" deve contenere le sue risposte.`,
  unknown: () => 'Questa domanda non esiste nel modulo.',
  taxCode: () => 'Il codice fiscale non è corretto: controlla i 16 caratteri, anche l’ultimo.',
  vatNumber: () => 'La partita IVA non è corretta: controlla le 11 cifre.',
  anyTaxCode: () => 'Il codice fiscale non è corretto: 16 caratteri per una persona, 11 cifre per un ente.',
  iban: () => 'L’IBAN non è corretto: in Italia ha 27 caratteri e inizia con IT.',
  plate: () => 'La targa non è corretta: scrivila come AB123CD.',
  postalCode: () => 'Il CAP ha 5 cifre.',
  province: () => 'La sigla della provincia ha 2 lettere, per esempio MI; per l’estero scrivi EE.',
  pec: () => 'L’indirizzo PEC non è corretto: scrivilo come nome@pec.esempio.it.',
  municipalityCode: () => 'Il codice catastale del Comune ha una lettera e 3 cifre, per esempio H501.',
  cadastralSheet: () => 'Il foglio catastale è un numero di al massimo 4 cifre, per esempio 27.',
  cadastralParcel: () => 'La particella è un numero, per esempio 1203 o 1203/2.',
  cadastralUnit: () => 'Il subalterno è un numero di al massimo 4 cifre.',
  stampNumber: () => 'Il numero della marca da bollo ha 14 cifre: lo trovi sopra il codice a barre.',
  pastDate: ({ label }: Label) => `"${label}" non può essere una data futura.`,
  birthDate: ({ label }: Label) => `"${label}" deve essere tra il 1° gennaio 1900 e oggi.`,
  notExpired: ({ label }: Label) => `"${label}" è passata: il documento deve essere ancora valido.`,
};

interface Label {
  readonly label: string;
}

export type FormErrors = typeof formErrors;

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant } from '../../domain/ids';
import { addDays, romeDate } from '../../domain/terms/rome';

const FILES = join(__dirname, '..', '..', '..', 'demo');

/** A file that the demo uploads; what each of them shows is said in its folder. */
export interface DemoFile {
  readonly path: string;
  readonly content: Buffer;
}

export const registrationCertificate = (): DemoFile => demoFile('carta-di-circolazione.pdf');
export const vehiclePhoto = (): DemoFile => demoFile('foto-veicolo.jpg');
export const drivewayPlan = (): DemoFile => demoFile('planimetria-passo-carrabile.pdf');
export const drivewayPhoto = (): DemoFile => demoFile('foto-passo-carrabile.jpg');
export const squarePlan = (): DemoFile => demoFile('planimetria-piazza.pdf');
/** Digitally signed: a CMS envelope with the PDF inside. */
export const signedReport = (): DemoFile => demoFile('relazione-cila.pdf.p7m');
export const drawings = (): DemoFile => demoFile('elaborati-cila.pdf');
export const roomPhoto = (): DemoFile => demoFile('foto-stato-di-fatto.jpg');

/** The date this many days from today, in Europe/Rome. */
export function inDays(days: number): string {
  return addDays(romeDate(instant(Date.now())), days);
}

function demoFile(name: string): DemoFile {
  const path = join(FILES, name);
  return { path, content: readFileSync(path) };
}

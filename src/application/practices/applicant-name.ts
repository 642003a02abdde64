import { type FormContent, valueAt } from '../../forms/form';

/** Name of the applicant as written in the application. */
export function applicantName(content: FormContent): string {
  return `${valueAt(content, 'applicant.givenName') ?? ''} ${valueAt(content, 'applicant.familyName') ?? ''}`.trim();
}

import { type Content, valueAt } from '../../forms/profile/form';

/** Name of the applicant as written in the application. */
export function applicantName(content: Content): string {
  return `${valueAt(content, 'applicant.givenName') ?? ''} ${valueAt(content, 'applicant.familyName') ?? ''}`.trim();
}

import type { Patience } from './patience';

/** Where the demo finds the running system, and how patient it is. */
export interface DemoOptions extends Patience {
  readonly apiUrl: string;
  /** Base address of the sandbox: payment pages and mailbox. */
  readonly sandboxUrl: string;
  readonly temporalUiUrl: string;
  readonly namespace: string;
  /** Folder of the logs, for whoever has to look; not used otherwise. */
  readonly logs?: string;
}

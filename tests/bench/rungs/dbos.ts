import type { DoStep } from './child';
import type { ChildOptions, FromChild, ToChild } from './child-messages';

const TOPIC = 'act';
const TEN_MINUTES = 600;

/** The same steps as one DBOS workflow: a step for each activity, a `recv` for each message. */
export async function startDbos(options: ChildOptions, step: DoStep, say: (message: FromChild) => void): Promise<void> {
  const { DBOS } = await import('@dbos-inc/dbos-sdk');
  const life = DBOS.registerWorkflow(
    async (practice: string): Promise<void> => {
      for (const note of options.notes) {
        if (note.do === 'receive') await DBOS.recv(TOPIC, TEN_MINUTES);
        if (note.do !== 'begin') continue;
        await DBOS.runStep(() => step(practice, note.activity), { name: `step-${note.activity}` });
      }
    },
    { name: 'life' },
  );
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: options.stateUrl, systemDatabasePoolSize: 20, logLevel: 'error' });
  await DBOS.launch();
  const take = async ({ practice, number }: ToChild): Promise<void> => {
    if (number < 0) await DBOS.startWorkflow(life, { workflowID: practice })(practice);
    else await DBOS.send(practice, number, TOPIC);
    say({ say: 'taken', practice, number });
  };
  process.on('message', (message: ToChild) => void take(message));
}

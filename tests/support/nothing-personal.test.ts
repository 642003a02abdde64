import { lazyTemporalClient } from '../../src/platform/temporal/client';
import { OwnEngine } from '../faults/support/own-engine';
import { freshDatabase } from './database';
import { checkNothingPersonal } from './nothing-personal';

const KNOWN = 'practice/bugliano/known';

test('a mark in a signal of the development server is found in its file, and what is not there is not', async () => {
  const engine = await OwnEngine.start('marks');
  const client = lazyTemporalClient(engine.temporal);
  try {
    const { workflow } = client;
    await workflow.start('anything', { workflowId: KNOWN, taskQueue: 'nobody', args: ['Vicolo del Segnale 12'] });
    const store = { sqliteFile: engine.sqliteFile };
    await expect(checkNothingPersonal(store, KNOWN, ['vicolo del segnale'])).rejects.toThrow(
      /^I7 personal data in Temporal's database:\n {2}vicolo del segnale/,
    );
    await checkNothingPersonal(store, KNOWN, ['Via che non esiste']);
    // Where nothing of the run is found, nothing was looked at.
    await expect(checkNothingPersonal(store, 'practice/bugliano/unknown', [])).rejects.toThrow('waited');
  } finally {
    await client.connection.close();
    await engine.stop();
  }
}, 120_000);

test('a mark in any column of a database is found with its place, also in bytes and in base64', async () => {
  const db = await freshDatabase(2);
  try {
    const base64 = Buffer.from('{"at":"Vicolo del Segnale 12"}').toString('base64');
    await db.pool.query('CREATE TABLE executions (id text, state bytea, memo text, words text[])');
    await db.pool.query('INSERT INTO executions VALUES ($1, $2, $3, $4)', [
      KNOWN,
      Buffer.from([0, 255, ...Buffer.from('BNCGLI85T50D612A'), 10]),
      base64,
      ['nothing'],
    ]);
    const store = { postgresUrls: [db.url] };
    await expect(checkNothingPersonal(store, KNOWN, ['BNCGLI85T50D612A'])).rejects.toThrow('in executions.state');
    await expect(checkNothingPersonal(store, KNOWN, ['Vicolo del Segnale'])).rejects.toThrow('in executions.memo');
    await checkNothingPersonal(store, KNOWN, ['Via che non esiste']);
  } finally {
    await db.drop();
  }
}, 60_000);

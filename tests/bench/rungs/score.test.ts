import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { recordedProjections } from './projections';
import { scoreOf } from './score';

const APPROVED = join(__dirname, '..', '..', 'replay', 'histories', '0.2.0', 'approved.json');

/** A life that was recorded once and never changes. */
const score = scoreOf(historyFromJSON(JSON.parse(readFileSync(APPROVED, 'utf8'))));

test('the notes of a life begin each activity once, await it afterwards, and answer each update', () => {
  const places = (what: 'begin' | 'await') =>
    score.notes.flatMap((note, place) => (note.do === what ? [[note.activity, place] as const] : []));
  const begun = new Map(places('begin'));
  expect([...begun.keys()]).toEqual(score.activities.map((_, number) => number));
  const awaited = places('await');
  expect(awaited).toHaveLength(new Set(awaited.map(([activity]) => activity)).size);
  for (const [activity, place] of awaited) expect(begun.get(activity)).toBeLessThan(place);
  expect(score.notes.filter((note) => note.do === 'answer')).toHaveLength(score.counts.updates);
});

test('messages come after an activity that has ended, in the order in which they came', () => {
  expect(score.messages.map(({ message }) => message)).toEqual(['update', 'signal', 'update', 'update']);
  for (const { after } of score.messages) expect(score.activities[after]).toBeDefined();
});

test('every projection is taken out as the product made it', () => {
  const { batches } = recordedProjections('p', score);
  const projected = score.activities.flatMap(({ name }, number) => (name === 'project' ? [number] : []));
  expect(Object.keys(batches).map(Number)).toEqual(projected);
  const events = Object.values(batches).flatMap((batch) => batch.events.map(({ seq }) => seq));
  expect(events).toEqual(events.map((_, index) => index + 1));
});

import type { Viewer } from '../application/access/viewer';
import type { Application } from '../application/application';
import type { Taken } from '../application/inbox/intake';
import { practiceView } from '../application/practices/view';

type View = ReturnType<typeof practiceView>;

/** For so long a repetition of a request gets the view that the first one got. */
const REPEATED_WITHIN_MS = 10_000;

const shown = new WeakMap<Application, Map<string, View>>();

/**
 * The practice as an act's answer shows it. Whoever sends a request several times at once gets the same answer byte for
 * byte, although the practice may have gone on by itself between one and the next; who asks anew sees it as it is now.
 */
export function viewAfter(app: Application, viewer: Viewer, taken: Taken): View {
  const views = shown.get(app) ?? new Map<string, View>();
  shown.set(app, views);
  const key = `${taken.commandId} ${viewer.accountId} ${viewer.role}`;
  const known = views.get(key);
  if (known) return known;
  const view = practiceView(app, viewer, taken.practiceId);
  views.set(key, view);
  setTimeout(() => views.delete(key), REPEATED_WITHIN_MS).unref();
  // What went wrong may go well the next time.
  view.catch(() => views.delete(key));
  return view;
}

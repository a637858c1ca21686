import { actionsOf, keyText, useDesk, useSession, useSettings } from '../actions/index.ts';
import { buttonsOf, dragJobs, grips, type Buttons, type Grip } from '../cornerstone/index.ts';
import { grouped } from '../ui/grouped.ts';
import { DialogFrame } from './DialogFrame.tsx';
import './dialogs.css';

const gripWords: Readonly<Record<Grip, string>> = {
  left: 'left drag',
  middle: 'middle drag',
  right: 'right drag',
  both: 'left and right drag',
};
/** Drags as the person's buttons have them, and what is the same for all. */
function mouseLines(buttons: Buttons): readonly (readonly [string, string])[] {
  const drags = dragJobs.flatMap(({ job, title }): (readonly [string, string])[] => {
    const how = grips.filter(({ grip }) => buttons[grip] === job).map(({ grip }) => gripWords[grip]);
    return job === 'none' || how.length === 0 ? [] : [[title, how.join(', or ')]];
  });
  return [
    ...drags,
    ['Scroll', 'wheel'],
    ['Zoom at the pointer', 'Ctrl and wheel'],
    ['Menu of a picture, mark or series', 'right click'],
    ['Thickness of a slab (MIP, MinIP, mean)', 'Alt and wheel'],
    ['Move the linked planes', 'click, or drag a line of the crosshair'],
    ['Turn the other planes', 'drag a ring of the crosshair; with Shift only that plane'],
    ['One viewport full, and back', 'double click'],
    ['Keys of a picture act', 'in the view under the mouse, else in the active one'],
    ['Keep a tool for several items', 'press it twice, or with Shift'],
    [
      'Place a point by keys, a tool chosen',
      'arrow keys move a cross by a pixel (Shift: ten), Enter sets, Enter again ends, Backspace takes back',
    ],
    ['Move a handle by keys', 'Tab to it, arrow keys: 0.1 mm, without a scale 0.1 pixel (Shift: ten times as far)'],
    ['Open a series', 'double click or Enter in the active view, 1 to 4 in that view, or drag it'],
  ];
}

/** Every key and what the mouse does; made from the table of actions. */
export function HelpDialog() {
  const desk = useDesk();
  const open = useSession((state) => state.dialog === 'help');
  const mouse = mouseLines(
    buttonsOf(
      useSettings((state) => state.mouseProfile),
      useSettings((state) => state.buttons),
    ),
  );
  const groups = open
    ? grouped(
        actionsOf(desk).filter(({ keys }) => keys.length > 0),
        ({ group }) => group,
      )
    : [];
  return (
    <DialogFrame name="help" title="Keys and mouse" size="wide">
      {/* Longer than the window and nothing in it takes the focus: arrow keys must scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="help" role="region" aria-label="All keys" tabIndex={0}>
        <div className="help-columns">
          <section>
            <h3>Mouse, no tool chosen</h3>
            <dl>
              {mouse.map(([what, how]) => (
                <div key={`${what} ${how}`}>
                  <dt>{what}</dt>
                  <dd className="quiet">{how}</dd>
                </div>
              ))}
            </dl>
          </section>
          {groups.map(([group, actions]) => (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {actions.map(({ id, title, keys }) => (
                  <div key={id}>
                    <dt>{title}</dt>
                    <dd>
                      {keys.map((key) => (
                        <kbd key={key} className="key">
                          {keyText(key)}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </DialogFrame>
  );
}

import { Button, Toolbar, Tooltip, TooltipTrigger } from 'react-aria-components';
import { actionById, allowed, jobs, runAction, useDesk, useSession, useSettings } from '../actions/index.ts';
import './jobBar.css';

/** What is to be done: one click hangs the images and arms the first tool. The last choice stays marked. */
export function JobBar() {
  const desk = useDesk();
  useSession(({ series, shown, active }) => `${series.length} ${active ?? ''} ${Object.values(shown).join(' ')}`);
  const chosen = useSettings(({ job }) => job);
  if (desk.session.getState().series.length === 0) return null;
  return (
    <Toolbar className="job-bar" aria-label="Jobs">
      {jobs.map(({ id, title, hint }) => {
        const action = actionById(desk, `job.${id}`);
        if (action === undefined) return null;
        return (
          <TooltipTrigger key={id} delay={500} closeDelay={0}>
            <Button
              className="button job"
              isDisabled={!allowed(desk, action)}
              aria-label={`Job: ${title}`}
              aria-pressed={chosen === id}
              data-on={chosen === id || undefined}
              onPress={() => void runAction(desk, action)}
            >
              {title}
            </Button>
            <Tooltip className="tooltip" placement="bottom" offset={4}>
              {hint}
            </Tooltip>
          </TooltipTrigger>
        );
      })}
    </Toolbar>
  );
}

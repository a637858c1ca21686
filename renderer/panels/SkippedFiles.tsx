import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useSession } from '../actions/index.ts';
import { counted } from '../ui/text.ts';

/** More than these are folded away until asked for. */
const shownAtOnce = 5;

/** Files that were not opened, each with its reason. */
export function SkippedFiles({ icon }: { readonly icon: ReactNode }) {
  const skipped = useSession((state) => state.skipped);
  if (skipped.length === 0) return null;
  return (
    <Disclosure className="skipped" key={skipped.length} defaultExpanded={skipped.length <= shownAtOnce}>
      <Heading level={3}>
        <Button slot="trigger" className="button skipped-button">
          <ChevronRight aria-hidden size={14} className="fold-arrow" /> {icon}{' '}
          {counted(skipped.length, 'file was not opened', 'files were not opened')}
        </Button>
      </Heading>
      <DisclosurePanel>
        <ul className="skipped-list" aria-label="Files that were not opened">
          {skipped.slice(0, 500).map(({ path, reason, message }) => (
            <li key={`${path} ${reason}`}>
              <span className="skipped-path">{path}</span>
              <span className="quiet">{message}</span>
            </li>
          ))}
          {skipped.length > 500 ? <li className="quiet">and {skipped.length - 500} more</li> : null}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}

import { FileText, Folder, FolderOpen, Files } from 'lucide-react';
import { Button } from 'react-aria-components';
import { forgetRecents, openByDialog, openRecent, openSample, useDesk, useSession } from '../actions/index.ts';
import './welcome.css';

/** What stands in the middle before anything is open. */
export function Welcome() {
  const desk = useDesk();
  const hello = useSession((state) => state.hello);
  const busy = useSession((state) => state.works.length > 0);
  const none = hello === null || hello.recents.length === 0;
  return (
    <div className="welcome">
      <div className="welcome-inner">
        <h1>Seldinger</h1>
        <p className="welcome-lead">
          Open a folder of CT, MR or angiography images, look at them in stacks and planes, place a length, a stenosis,
          a needle or an ablation zone, and read numbers you can trace.
        </p>
        <div className="welcome-open">
          <Button className="button main" onPress={() => void openByDialog(desk, 'folder')}>
            <FolderOpen aria-hidden size={18} /> Open a folder
          </Button>
          <Button className="button" onPress={() => void openByDialog(desk, 'files')}>
            <Files aria-hidden size={18} /> Open files
          </Button>
          <Button className="button" onPress={() => void openByDialog(desk, 'plan')}>
            <FileText aria-hidden size={18} /> Open a plan
          </Button>
          <span className="quiet">or drop them anywhere on this window</span>
        </div>
        <div className="welcome-columns">
          <section className="before" data-empty={none || undefined} aria-labelledby="recents-heading">
            <h2 id="recents-heading">Opened before</h2>
            {none ? (
              <p className="quiet">Folders and plans that you open appear here.</p>
            ) : (
              <>
                <ul className="recents">
                  {hello?.recents.map(({ id, label, openedAt, kind }) => (
                    <li key={id}>
                      <Button className="recent" onPress={() => void openRecent(desk, id)}>
                        {kind === 'plan' ? <FileText aria-hidden size={15} /> : <Folder aria-hidden size={15} />}
                        <span className="label">{label}</span>
                        <span className="quiet numbers">{openedAt.slice(0, 10)}</span>
                      </Button>
                    </li>
                  ))}
                </ul>
                <Button className="button icon-button small" onPress={() => void forgetRecents(desk)}>
                  Forget these
                </Button>
              </>
            )}
          </section>
          <section aria-labelledby="samples-heading">
            <h2 id="samples-heading">Sample cases</h2>
            <div className="samples">
              {hello?.samples.map(({ name, title, tries }) => (
                <article key={name} className="sample">
                  <h3>{title}</h3>
                  <ol>
                    {tries.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ol>
                  <Button
                    className="button"
                    isDisabled={busy}
                    aria-label={`Make and open: ${title}`}
                    onPress={() => void openSample(desk, name)}
                  >
                    Make and open
                  </Button>
                </article>
              ))}
            </div>
          </section>
        </div>
      </div>
    </div>
  );
}
